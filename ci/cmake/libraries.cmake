# SPDX-License-Identifier: MIT
# What others have written: shared libraries, or with PLUMBLINE_STATIC archives.
option(PLUMBLINE_STATIC "Link the program in one piece, which starts and forks faster" OFF)

set(Boost_USE_STATIC_LIBS ${PLUMBLINE_STATIC})
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(PkgConfig REQUIRED)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(dw REQUIRED IMPORTED_TARGET libdw libelf)
pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS system)
find_package(Threads REQUIRED)

set(PLUMBLINE_DW PkgConfig::dw)
set(PLUMBLINE_LIBARCHIVE PkgConfig::libarchive)
set(PLUMBLINE_ZLIB ZLIB::ZLIB)
set(PLUMBLINE_FMT fmt::fmt)
set(PLUMBLINE_SPDLOG spdlog::spdlog)

# plumbline_archive(TARGET NAME): the imported target, whose own configuration knows the shared
# library alone, is libNAME.a from now on.
function(plumbline_archive target name)
  find_library(PLUMBLINE_ARCHIVE_${name} lib${name}.a REQUIRED)
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL INTERFACE_LIBRARY)
    set_target_properties(${target} PROPERTIES
      INTERFACE_LINK_LIBRARIES ${PLUMBLINE_ARCHIVE_${name}})
    return()
  endif()
  get_target_property(configurations ${target} IMPORTED_CONFIGURATIONS)
  foreach(suffix "" ${configurations})
    string(REGEX REPLACE "(.+)" "_\\1" suffix "${suffix}")
    set_target_properties(${target} PROPERTIES
      IMPORTED_LOCATION${suffix} ${PLUMBLINE_ARCHIVE_${name}})
  endforeach()
endfunction()

# plumbline_archives(VARIABLE NAME...): the files libNAME.a.
function(plumbline_archives variable)
  set(files)
  foreach(name ${ARGN})
    find_library(PLUMBLINE_ARCHIVE_${name} lib${name}.a REQUIRED)
    list(APPEND files ${PLUMBLINE_ARCHIVE_${name}})
  endforeach()
  set(${variable} ${files} PARENT_SCOPE)
endfunction()

if(PLUMBLINE_STATIC)
  plumbline_archive(yaml-cpp yaml-cpp)
  plumbline_archive(OpenSSL::Crypto crypto)
  plumbline_archive(PkgConfig::seccomp seccomp)
  plumbline_archive(PkgConfig::re2 re2)
  plumbline_archive(PkgConfig::sqlite sqlite3)
  # In this order: each asks for the next.
  plumbline_archives(PLUMBLINE_DW dw elf z lzma bz2)
  plumbline_archives(PLUMBLINE_LIBARCHIVE archive nettle lzma zstd bz2 z)
  plumbline_archives(PLUMBLINE_ZLIB z)
  # Debian has no archives of these two, but they can be all headers.
  set(PLUMBLINE_FMT fmt::fmt-header-only)
  set(PLUMBLINE_SPDLOG spdlog::spdlog_header_only)
  set_target_properties(spdlog::spdlog_header_only PROPERTIES
    INTERFACE_LINK_LIBRARIES "Threads::Threads;fmt::fmt-header-only")
endif()

# plumbline_in_one_piece(TARGET): a check starts the program three times, itself and two
# supervisors, and forks it a dozen times. To look up ten thousand symbols in sixteen libraries at
# each start, and to copy the maps of them all at each fork, takes longer than what is graded.
# Position independent all the same: what reads a student's bytes is at no known address.
function(plumbline_in_one_piece target)
  if(PLUMBLINE_STATIC)
    # The linker warns of functions of libraries that would load others; none is called. To silence
    # it (--no-warnings) would silence errors as well (ld(1)).
    target_link_options(${target} PRIVATE -static-pie)
  endif()
endfunction()

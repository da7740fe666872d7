# SPDX-License-Identifier: MIT
# The project's own CMake words: one library a folder, one test program a folder.
include(GNUInstallDirs)

option(PLUMBLINE_TESTS "Build the tests" ON)
option(PLUMBLINE_FUZZ "Build the fuzz targets (Clang only)" OFF)
option(PLUMBLINE_BENCH "Build the benchmarks" OFF)
set(PLUMBLINE_SANITIZE "" CACHE STRING "What -fsanitize= gets; empty for none")

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(PLUMBLINE_CCACHE ccache)
if(PLUMBLINE_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${PLUMBLINE_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PLUMBLINE_CCACHE})
endif()

add_library(plumbline_flags INTERFACE)
target_compile_options(plumbline_flags INTERFACE -Wall -Wextra -Wconversion -Werror
                       -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # For GCC, -Wconversion in C++ is about values, not about signs: both shall mean the same.
  target_compile_options(plumbline_flags INTERFACE -Wno-sign-conversion)
  # std::stable_sort of GCC 12's library calls what C++17 deprecated.
  target_compile_options(plumbline_flags INTERFACE -Wno-deprecated-declarations)
endif()
target_include_directories(plumbline_flags INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
if(PLUMBLINE_SANITIZE)
  target_compile_options(plumbline_flags INTERFACE
    -fsanitize=${PLUMBLINE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(plumbline_flags INTERFACE -fsanitize=${PLUMBLINE_SANITIZE})
endif()

# plumbline_library(NAME SOURCES a.cc ... [DEPS plumbline_base ...] [PRIVATE lib ...])
# DEPS are the stages that the folder's headers include; PRIVATE what only its .cc files use.
function(plumbline_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE" ${ARGN})
  add_library(plumbline_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(plumbline_${name} PUBLIC plumbline_flags ${ARG_DEPS} PRIVATE ${ARG_PRIVATE})
endfunction()

# plumbline_test(NAME SOURCES a_test.cc ... DEPS plumbline_x ...): a GoogleTest program whose
# tests ctest knows one by one.
function(plumbline_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  target_link_libraries(${name}_test PRIVATE plumbline_flags ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  target_precompile_headers(${name}_test PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

# plumbline_fuzz(NAME SOURCES a_fuzz.cc ... DEPS plumbline_x ...): a libFuzzer program; `ci/run fuzz`
# finds it in tests/fuzz of the build folder, its seeds in tests/fuzz/corpus/NAME, words to try in
# tests/fuzz/NAME.dict.
function(plumbline_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name}_fuzz ${ARG_SOURCES})
  target_link_libraries(${name}_fuzz PRIVATE plumbline_flags ${ARG_DEPS})
  target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  add_dependencies(fuzzers ${name}_fuzz)
endfunction()

# plumbline_translations(PO_DIR): compiles PO_DIR/LANG.po to
# ${CMAKE_BINARY_DIR}/locale/LANG/LC_MESSAGES/plumbline.mo and installs it below share/locale.
function(plumbline_translations po_dir)
  find_program(MSGFMT msgfmt REQUIRED)
  get_filename_component(po_dir ${po_dir} ABSOLUTE)
  file(GLOB catalogs CONFIGURE_DEPENDS ${po_dir}/*.po)
  set(compiled)
  foreach(catalog ${catalogs})
    get_filename_component(language ${catalog} NAME_WE)
    set(folder ${CMAKE_BINARY_DIR}/locale/${language}/LC_MESSAGES)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(
      OUTPUT ${folder}/plumbline.mo
      COMMAND ${MSGFMT} --check --output-file=${folder}/plumbline.mo ${catalog}
      DEPENDS ${catalog}
      COMMENT "Compiling the ${language} catalog"
      VERBATIM)
    install(FILES ${folder}/plumbline.mo
            DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES)
    list(APPEND compiled ${folder}/plumbline.mo)
  endforeach()
  add_custom_target(plumbline_catalogs ALL DEPENDS ${compiled})
endfunction()

# Files below FROM into the program, as a table of their paths and texts (embed.cmake): TABLE, a span of EmbeddedFile
# that HEADER declares. FILES are seen from there. Sets `source` to what has to be compiled.
function(plumbline_embed_table source)
  cmake_parse_arguments(arg "" "FROM;TABLE;HEADER;NAMESPACE" "FILES" ${ARGN})
  list(TRANSFORM arg_FILES PREPEND ${arg_FROM}/ OUTPUT_VARIABLE paths)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${arg_TABLE}.cc)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DHEADER=${arg_HEADER} -DNAMESPACE=${arg_NAMESPACE} -DFROM=${arg_FROM}
            -DTABLE=${arg_TABLE} "-DFILES=${arg_FILES}" -P ${PROJECT_SOURCE_DIR}/ci/cmake/embed.cmake
    DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/ci/cmake/embed.cmake
    VERBATIM)
  set(${source} ${out} PARENT_SCOPE)
endfunction()

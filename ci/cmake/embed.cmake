# SPDX-License-Identifier: MIT
# Files into a program, so that it is whole without them:
#
#   cmake -DOUT=x.cc -DHEADER=report/page_files.h -DNAMESPACE=plumbline::report
#         "-DPARTS=kPageCss:page.css kPageScript:a.js+b.js" -DFROM=FOLDER -P embed.cmake
#
# A literal of C++ has no limit that they come near (GCC and Clang take megabytes).
separate_arguments(PARTS)
set(text "// Made by embed.cmake.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\n")
foreach(part IN LISTS PARTS)
  string(REGEX MATCH "^([^:]+):(.+)$" matched "${part}")
  set(name ${CMAKE_MATCH_1})
  string(REPLACE "+" ";" files "${CMAKE_MATCH_2}")
  string(APPEND text "const std::string_view ${name} =")
  foreach(file IN LISTS files)
    file(READ ${FROM}/${file} content)
    string(APPEND text "\nR\"embedded(${content})embedded\"")
  endforeach()
  string(APPEND text ";\n\n")
endforeach()
string(APPEND text "}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUT} "${text}")

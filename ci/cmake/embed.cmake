# SPDX-License-Identifier: MIT
# Files into a program, so that it is whole without them:
#
#   cmake -DOUT=x.cc -DHEADER=report/page_files.h -DNAMESPACE=plumbline::report
#         "-DPARTS=kPageCss:page.css kPageScript:a.js+b.js" -DFROM=FOLDER -P embed.cmake
#
# or as a table of paths, seen from FROM, and contents. HEADER declares EmbeddedFile, which is made
# of the two, and the table, a std::span of them:
#
#   cmake ... -DTABLE=kExplainFiles "-DFILES=a/b.md;c/d.md" -DFROM=FOLDER -P embed.cmake
#
# A literal of C++ has no limit that they come near (GCC and Clang take megabytes).
function(append_literal file)
  file(READ ${FROM}/${file} content)
  set(text "${text}\nR\"embedded(${content})embedded\"" PARENT_SCOPE)
endfunction()

separate_arguments(PARTS)
set(text "// Made by embed.cmake.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\n")
foreach(part IN LISTS PARTS)
  string(REGEX MATCH "^([^:]+):(.+)$" matched "${part}")
  set(name ${CMAKE_MATCH_1})
  string(REPLACE "+" ";" files "${CMAKE_MATCH_2}")
  string(APPEND text "const std::string_view ${name} =")
  foreach(file IN LISTS files)
    append_literal(${file})
  endforeach()
  string(APPEND text ";\n\n")
endforeach()
if(TABLE)
  string(APPEND text "static constexpr EmbeddedFile kFiles[] = {")
  foreach(file IN LISTS FILES)
    string(APPEND text "\n{\"${file}\",")
    append_literal(${file})
    string(APPEND text "},")
  endforeach()
  string(APPEND text "\n};\nconst std::span<const EmbeddedFile> ${TABLE} = kFiles;\n\n")
endif()
string(APPEND text "}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUT} "${text}")

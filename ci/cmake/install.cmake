# SPDX-License-Identifier: MIT
# What `cmake --install` makes: a tree that works wherever it is put, for the program looks for its
# exercises and catalogs beside itself (../share).
include_guard(GLOBAL)

set(PLUMBLINE_SHARE ${CMAKE_INSTALL_DATADIR}/plumbline)

install(DIRECTORY exercises/ DESTINATION ${PLUMBLINE_SHARE}/exercises)
install(FILES ci/install/plumbline.apparmor DESTINATION ${PLUMBLINE_SHARE})
install(DIRECTORY ci/git DESTINATION ${PLUMBLINE_SHARE} USE_SOURCE_PERMISSIONS)
install(FILES ci/install/plumbline.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ci/install/plumbline.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME plumbline)
install(FILES ci/install/_plumbline DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ci/install/plumbline.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

if(TARGET plumbline)
  install(TARGETS plumbline RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  if(TARGET plumbline_catalogs)
    add_dependencies(plumbline plumbline_catalogs)
  endif()

  # The schema comes from the tables that the loader itself obeys, so it is made by the program.
  add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/exercise.schema.json
    COMMAND $<TARGET_FILE:plumbline> schema > exercise.schema.json.new
    COMMAND ${CMAKE_COMMAND} -E rename exercise.schema.json.new exercise.schema.json
    DEPENDS plumbline
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
    COMMENT "Writing the JSON Schema of an exercise"
    VERBATIM)
  add_custom_target(plumbline_schema ALL DEPENDS ${PROJECT_BINARY_DIR}/exercise.schema.json)
  install(FILES ${PROJECT_BINARY_DIR}/exercise.schema.json DESTINATION ${PLUMBLINE_SHARE})
endif()

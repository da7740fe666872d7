# SPDX-License-Identifier: MIT
# Which lines the tests reach: run them, then `gcov` on what lies in the build folder.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS "--coverage -fprofile-update=atomic" CACHE STRING "")

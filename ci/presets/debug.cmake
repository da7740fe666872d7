# SPDX-License-Identifier: MIT
# For work on the code: symbols, no optimisation, the library's own assertions.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS "-D_GLIBCXX_ASSERTIONS" CACHE STRING "")

# SPDX-License-Identifier: MIT
# The second compiler: other warnings, and the compile commands that clang-tidy reads.
set(CMAKE_C_COMPILER clang-19 CACHE STRING "")
set(CMAKE_CXX_COMPILER clang++-19 CACHE STRING "")
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
# Without debug information: this build is read, not debugged.
set(CMAKE_CXX_FLAGS_DEBUG "-O0" CACHE STRING "")

# SPDX-License-Identifier: MIT
# libFuzzer targets with the sanitizers that make a silent mistake loud. No tests.
set(CMAKE_C_COMPILER clang-19 CACHE STRING "")
set(CMAKE_CXX_COMPILER clang++-19 CACHE STRING "")
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELEASE "-O1 -gline-tables-only" CACHE STRING "")
set(PLUMBLINE_SANITIZE "fuzzer-no-link,address,undefined" CACHE STRING "")
set(PLUMBLINE_FUZZ ON CACHE BOOL "")
set(PLUMBLINE_TESTS OFF CACHE BOOL "")

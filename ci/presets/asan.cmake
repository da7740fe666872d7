# SPDX-License-Identifier: MIT
# Address and undefined-behaviour sanitizers; the first report ends the program.
# What is written in C stands for students' programs, which GCC compiles.
set(CMAKE_C_COMPILER gcc CACHE STRING "")
set(CMAKE_CXX_COMPILER clang++-19 CACHE STRING "")
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -gline-tables-only" CACHE STRING "")
set(PLUMBLINE_SANITIZE "address,undefined" CACHE STRING "")

# SPDX-License-Identifier: MIT
# What people run and what the tests judge. -O2 as in Debian's own packages; CHECK stays on.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELEASE "-O2" CACHE STRING "")
set(CMAKE_C_FLAGS_RELEASE "-O2" CACHE STRING "")
set(PLUMBLINE_STATIC ON CACHE BOOL "")

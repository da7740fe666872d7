// SPDX-License-Identifier: MIT
// The kernel's code for reading clocks without a call (vdso(7)) and how programs find it.
#pragma once

#include "base/pid.h"

namespace plumbline::trace::clock {

// Of a task that has just executed a program, before its first instruction: it, its loader and its
// libraries, static ones too, look for that code in the auxiliary vector (getauxval(3)) and do not
// find it: they make calls then. False: the vector could not be found, or changed.
bool HideVdso(HostPid task);

}  // namespace plumbline::trace::clock

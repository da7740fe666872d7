// SPDX-License-Identifier: MIT
// What a story leaves out: how a program's loader and its libraries set themselves up, and calls
// about signals that change nothing. Of a shell's pipe chain that is nine lines of ten.
#pragma once

#include <vector>

#include "record/recording.h"

namespace plumbline::report {

// By event: whether it is a part of that.
std::vector<bool> SettingUp(const record::Recording& recording);

}  // namespace plumbline::report

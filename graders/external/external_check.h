// SPDX-License-Identifier: MIT
// external: a program of the exercise's says whether a run is as it should be.
//
// The judgement stays a pure function of the recording: whoever makes recordings asks the program
// (cli/judging.h) and keeps with the run what it said, by the hash of the program. Here that is
// read.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::external {

evaluate::CheckKind External();

}  // namespace plumbline::graders::external

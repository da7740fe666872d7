// SPDX-License-Identifier: MIT
// What a run keeps of a program of the exercise's that judged it (graders/external): who asks it
// writes that, the check reads it.
#pragma once

#include <string>

namespace plumbline::evaluate {

// Under which name, of Recording::judgements: the hash of the program's content.
std::string JudgeKey(const std::string& program);
// Of a program that ended without a judgement: `why` in English, for the teacher.
std::string NoJudgement(const std::string& why);

}  // namespace plumbline::evaluate

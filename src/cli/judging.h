// SPDX-License-Identifier: MIT
// Asks the exercise's own programs that judge (graders/external) about runs, and keeps with each
// run what they said. A judge runs in a sandbox of the run's rung, alone, in virtual time, with the
// recording as JSON on its standard input: same run, same judgement.
#pragma once

#include <string>
#include <vector>

#include "cli/grading.h"
#include "cli/runs.h"
#include "record/recording.h"
#include "spec/exercise.h"

namespace plumbline::cli {

struct Question {
  record::Recording* about = nullptr;
  std::string program;  // its path in the exercise's folder
};

// What is still to be asked of a run, for the checks that count for its language; nothing of one
// that failed. The run outlives the questions.
std::vector<Question> QuestionsAbout(const spec::Exercise& exercise, record::Recording& run);
std::vector<Question> QuestionsAbout(const spec::Exercise& exercise,
                                     evaluate::Recordings& recordings);

// Asks them all, side by side. A judge that could not be run or says nothing sensible is an error
// of that check of that run.
Outcome<void> AskJudges(Crew& crew, const spec::Exercise& exercise, const GradingOptions& options,
                        const std::vector<Question>& questions);

}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
// The last part of a story: who was there and how each ended, what went through which pipe, what is
// left, and why nobody could go on.
#pragma once

#include <string>

#include "record/recording.h"
#include "report/translator.h"

namespace plumbline::report {

// Lines, each with its newline. The explanation of a standstill is in the translator's language.
std::string StoryEnding(const record::Recording& recording, const Translator& translator);

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
// One event in the words of who knows system calls: "read(3) "a\n" = 2 bytes from words".
#pragma once

#include <string>

#include "record/recording.h"
#include "report/story_names.h"

namespace plumbline::report {

// Without the actor. `names` have taken all events before `index`. Empty: it is not told, because
// it frames a scenario, or because the event that follows says it.
std::string EventText(const record::Recording& recording, size_t index, const StoryNames& names);

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
// Why a check was lost: what happened, the evidence, the likely cause, the next step. Held as
// messages with arguments, put into a language only when told.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "record/event.h"

namespace plumbline::evaluate {

// An English sentence that is also the key of its translations, with {name} for arguments. Argument
// values are shown as they are: escape a student's bytes first (base/text.h). A value may itself be
// a Message (a translated word).
struct Message {
  std::string id;
  std::vector<std::pair<std::string, std::string>> args;
};

struct Finding {
  std::string code;  // of the kind's table: "pipe-end-kept"
  Message what;
  std::vector<Message> evidence;
  Message why;
  Message next;
  std::optional<record::Location> location;
};

}  // namespace plumbline::evaluate

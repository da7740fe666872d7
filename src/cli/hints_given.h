// SPDX-License-Identifier: MIT
// Which hints a student was given already, kept from one command to the next.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/error.h"

namespace plumbline::cli {

// Of one submission of one exercise: $XDG_STATE_HOME/plumbline/hints, else
// ~/.local/state/plumbline/hints. Without a home nothing is kept.
class HintsGiven {
 public:
  // What is damaged or not there counts as nothing given.
  static HintsGiven Of(const std::string& exercise, const std::filesystem::path& submission);

  size_t Count(const std::string& check) const;
  // That of each check so many were given at least; kept if that is new. A full disk or a folder
  // that may not be written to is an error.
  Status Note(const std::map<std::string, size_t>& given);

 private:
  std::filesystem::path file_;  // empty: nowhere
  std::map<std::string, size_t> counts_;
};

}  // namespace plumbline::cli

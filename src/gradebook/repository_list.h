// SPDX-License-Identifier: MIT
// A class whose work is in git repositories, from a text:
//
//   # comment
//   student,repository                (a first line that names the columns may be there)
//   anna,https://git.example.org/anna/lab.git
//   joan,git@git.example.org:joan/lab.git,main
//   "Mas, Mar",../mar/lab.git,4f1c...    (40 digits, or 64: a commit)
//
// Lines are CSV. The third field is a branch, a commit, or a name that begins with refs/; without
// it, what the repository's HEAD names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace plumbline::gradebook {

struct Repository {
  std::string student;
  std::string address;   // a URL, HOST:PATH or a path
  std::string revision;  // what to ask the other side for: "HEAD", "refs/heads/main", a hash
  int line = 0;
  bool operator==(const Repository&) const = default;
};

// Fails with the line of one without a student or an address, with too many fields, with a student
// who is there already, or with a branch that git would not call one (git-check-ref-format(1)); and
// for a text without any.
Result<std::vector<Repository>> ParseRepositoryList(std::string_view text);

// A path, and not a URL or HOST:PATH, as git tells them apart (git-clone(1), "GIT URLS").
bool IsPath(std::string_view address);

}  // namespace plumbline::gradebook

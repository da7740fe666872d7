// SPDX-License-Identifier: MIT
// A mistake in an exercise file, told to the teacher: data, never an exception. All mistakes of a
// file are collected in one pass.
#pragma once

#include <string>
#include <vector>

namespace plumbline::spec {

// A place in the file, both counted from 1; columns count characters, not bytes.
struct Mark {
  int line = 0;
  int column = 0;
};

struct Diagnostic {
  std::string file;
  Mark mark;
  std::string code;     // stable, kebab-case: "unknown-key", "duplicate-key", "wrong-unit" ...
  std::string message;  // what is wrong
  std::string hint;     // what to do: "did you mean 'snapshot'?"; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

// By place, each once (what a scenario inherits is read again for it), without what only follows
// from an alias, and no more of them than a person reads.
Diagnostics InOrder(Diagnostics diagnostics);

// "file:3:5: error: unknown key 'snapshott' [unknown-key]" with the source line, a caret and the
// hint. `source` is the text of the file; without it only the first line is given.
std::string Format(const Diagnostic& diagnostic, const std::string& source = {});

}  // namespace plumbline::spec

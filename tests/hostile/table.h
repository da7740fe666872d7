// SPDX-License-Identifier: MIT
// attacks.json: what each attack is, and what must be seen of it from outside.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace plumbline::hostile {

struct Attack {
  std::string name;      // of its file or folder, without an ending
  std::string category;  // the folder: escape, exhaustion, output, build
  std::string source;    // path below tests/hostile
  std::string what;      // what it tries, in a sentence

  // What the grade says of the run that was attacked: its outcome, the submission's status, and the
  // finding of each check that it loses, by the check's id.
  std::string outcome = "exited";
  int status = 0;
  std::vector<std::string> finds{"answer: missing-file"};
  // Findings that may be there or not: whether a process had ended when the limit was seen is
  // chance.
  std::vector<std::string> may_find;
  // Lines that the attack must have written, or, where it is not built, the compiler.
  std::vector<std::string> says;
  // What plumbline says on standard error where there is no grade at all: the submission is
  // refused.
  std::string refused;
  // Parts of the exercise: its limits, keys of the scenario that is attacked, more checks.
  std::string limits = "{}";
  std::string scenario;
  std::string checks;
  // What lies in the submission's folder besides: "link NAME TARGET", "fifo NAME", "socket NAME",
  // "device NAME", "files COUNT", "depth COUNT", "size NAME MIB", "name BYTES".
  std::vector<std::string> adds;
  bool once = false;  // on the last stand only, for it takes seconds
  // Why it is not tried on a rung: "B": the reason.
  std::vector<std::string> not_on;
  // The rung that it is about; "": all but C, where of the others only the harm is looked for.
  std::string only_on;
  // Why on rung C only the harm is looked for.
  std::string harm_alone_on_c;
  // What it asks for or takes that rung C has not, so that the run is an error there: part of what
  // that says.
  std::string misses;

  bool IsFor(const std::string& rung) const;
};

// All attacks; a table that cannot be read, or that has an unknown key, ends the program with a
// message.
std::vector<Attack> ReadTable(const std::string& path);

void PrintTo(const Attack& attack, std::ostream* out);

}  // namespace plumbline::hostile

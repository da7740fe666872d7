// SPDX-License-Identifier: MIT
// Lines of the source from the debug information of a program (DWARF 5), by libdw of elfutils.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "record/event.h"

struct Dwarf;

namespace plumbline::trace::where {

class Lines {
 public:
  // `fd` of an ELF file stays the caller's and outlives it. nullptr: there is no debug information.
  static std::unique_ptr<Lines> Open(int fd);
  ~Lines();
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  // The student's line that an address belongs to: where code of others was put in its place
  // (templates and inline functions of the system's headers), the line that calls it. Nothing: the
  // address is in no source of theirs, or the compiler gave it no line.
  std::optional<record::Location> At(uint64_t address) const;
  // The same of the innermost place of a stack, the last byte of a call: if that called a function
  // of the student's, which left by a call of its own (tail_calls.h), the line of the latter.
  std::optional<record::Location> AtInnermost(uint64_t address) const;

 private:
  explicit Lines(Dwarf* dwarf) : dwarf_(dwarf) {}

  Dwarf* dwarf_;
};

// The name of a source as the student handed it in: "./main.c" is "main.c", a path below the folder
// of the compilation is relative to it. Nothing: it is the system's.
std::optional<std::string> SourceName(const std::string& path, const std::string& folder);

}  // namespace plumbline::trace::where

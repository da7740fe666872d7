// SPDX-License-Identifier: MIT
// Reads one ELF file that a student's program is made of, in a process of its own: libelf and libdw
// trust what they read, and a file may have been made to crash them, to keep them busy or to make
// them do something else. The process can do nothing but read that file (reader_process.h); its
// death or its silence means that no more is known of it, and never more.
//
// The class lives in the supervisor; the process is its child, starts with the class and ends with
// it.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/pid.h"
#include "base/unique_fd.h"
#include "base/units.h"
#include "record/event.h"
#include "trace/where/elf_file.h"
#include "trace/where/row.h"

namespace plumbline::trace::where {

// Where in a file, and whether nothing of the student's is on the stack below it.
struct Place {
  uint64_t address = 0;
  bool innermost = false;
  auto operator<=>(const Place&) const = default;
};

class Reader {
 public:
  // Its processor time is bounded, so that who goes in circles is ended by the kernel. This is for
  // one that does nothing at all, on however loaded a machine.
  static constexpr Duration kPatience = std::chrono::seconds(20);
  // The descriptor stays the caller's. nullptr: there can be no process now.
  static std::unique_ptr<Reader> Start(int fd, Duration patience = kPatience);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader();

  // Nothing: it is no file of code, or is not understood.
  std::optional<Outline> ReadOutline();
  std::optional<RowRange> RowAt(uint64_t address);
  // Without functions of the same names that are in the student's source.
  std::optional<Watched> FindWatched();
  // The student's line that each of the places belongs to (lines.h).
  std::vector<std::optional<record::Location>> LocationsAt(std::span<const Place> places);

  HostPid process() const { return process_; }

 private:
  Reader(HostPid process, UniqueFd pidfd, UniqueFd socket, Duration patience);
  // The answer to a request; nothing: there will be none any more.
  std::optional<std::string> Ask(std::string_view request);
  std::optional<std::string> ReceiveBefore(std::chrono::steady_clock::time_point deadline);
  void End();

  Duration patience_;
  HostPid process_;
  UniqueFd pidfd_;
  UniqueFd socket_;  // closed once it has died, or was ended because it was silent
};

}  // namespace plumbline::trace::where

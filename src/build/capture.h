// SPDX-License-Identifier: MIT
// What comes through a pipe: its beginning is kept, the rest is counted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::build {

class Capture {
 public:
  // `pipe`: its reading end, non-blocking.
  Capture(UniqueFd pipe, Bytes kept);

  // -1 from the end of file on, which poll(2) ignores.
  int fd() const { return pipe_.get(); }
  // Of all that came.
  uint64_t count() const { return count_; }
  bool cut() const { return count_ > text_.size(); }
  // UTF-8, whatever came.
  std::string text() const;

  // Reads what is there now, up to a bound: others may write all the time.
  void Drain();

 private:
  void Add(std::string_view bytes);

  UniqueFd pipe_;
  size_t kept_;
  uint64_t count_ = 0;
  std::string text_;
};

}  // namespace plumbline::build

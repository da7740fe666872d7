// SPDX-License-Identifier: MIT
// The text of a file by lines and columns. Positions are asked for mostly from front to back, so
// the last one is kept: a file that is one long line must not take quadratic time.
#pragma once

#include <string_view>
#include <vector>

#include "spec/diagnostic.h"

namespace plumbline::spec {

class Source {
 public:
  // The text outlives it.
  explicit Source(std::string_view text);

  // Lines and bytes are counted from 0, as yaml-cpp does; without the line's end.
  std::string_view Line(size_t number) const;
  // The text from there on; "" behind its end.
  std::string_view From(size_t line, size_t byte) const;

  // What people count: characters, and both from 1.
  Mark At(size_t line, size_t byte) const;
  Mark AtByte(size_t offset) const;
  // The byte of its line that a mark names.
  size_t ByteOf(const Mark& mark) const;

  // How many spaces and tabs a line begins with, and whether a tab is among them.
  struct Indentation {
    size_t width = 0;
    bool tab = false;
  };
  Indentation IndentationOf(size_t line) const;

 private:
  // The last position that was asked for, and the last indentation.
  struct Known {
    size_t line = 0;
    size_t byte = 0;
    size_t characters = 0;
    size_t indented_line = static_cast<size_t>(-1);
    Indentation indentation;
  };
  void GoTo(size_t line, size_t byte) const;

  std::string_view text_;
  std::vector<size_t> starts_;
  mutable Known known_;
};

}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
// The submission's source in the page, with what was found at its lines. Only html.cc includes
// this.
#pragma once

#include <string>
#include <vector>

#include "report/formats.h"

namespace plumbline::report {

class PageSource {
 public:
  // `reported` outlives it.
  explicit PageSource(const Reported& reported);

  // The id of a line's element; "" if the page does not have the line.
  std::string AnchorOf(const record::Location& where) const;
  // A section, or nothing without sources. `title` is HTML.
  std::string Section(const std::string& title) const;

 private:
  struct Note {
    std::string file;
    int line = 0;
    std::string kind;  // a class of the style sheet
    std::string label;
    std::string text;
  };
  void TakeNotes();
  std::string File(size_t number) const;
  std::string Line(size_t file, size_t number, std::string_view text) const;

  const Reported& reported_;
  struct Shown {
    std::string path;
    std::vector<std::string_view> lines;
  };
  std::vector<Shown> files_;
  std::vector<Note> notes_;
};

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
// What is known of the files of code that students' programs are made of. A supervisor runs the
// same program again and again, and each time its files are new ones with the same content: what
// was said of that content once is remembered, and a reader is asked only for what is new.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "record/event.h"
#include "trace/where/reader.h"

namespace plumbline::trace::where {

// One content. No file of a student's has to do with another's: each has a reader of its own.
class KnownFile {
 public:
  explicit KnownFile(std::string content) : content_(std::move(content)) {}

  const std::string& content() const { return content_; }
  // nullptr: it is no file of code, or is not understood.
  const Outline* outline();
  // nullptr: nothing is said of this address, or nothing that is understood.
  const Row* RowAt(uint64_t address);
  // Empty if it has none.
  const Watched& watched();
  // Asks for all of them at once; then they are known.
  void LookUp(const std::set<Place>& places);
  // The student's line, if it was looked up and there is one.
  const record::Location* LocationAt(const Place& place) const;

 private:
  // nullptr: there is none any more, and nothing new will be known.
  Reader* reader();

  std::string content_;
  bool has_started_ = false;
  std::unique_ptr<Reader> reader_;
  std::optional<std::optional<Outline>> outline_;
  std::optional<Watched> watched_;
  std::map<uint64_t, RowRange> rows_;  // by their first address
  std::set<uint64_t> without_row_;
  std::map<Place, std::optional<record::Location>> locations_;
};

// Those of the last runs. Lives in a supervisor.
class KnownFiles {
 public:
  // The file that this descriptor is of; nullptr: it can't be read, or is too large.
  std::shared_ptr<KnownFile> Find(int fd);

 private:
  std::deque<std::shared_ptr<KnownFile>> files_;  // the one that was last asked for first
};

}  // namespace plumbline::trace::where

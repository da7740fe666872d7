// SPDX-License-Identifier: MIT
#include "trace/where/reader_process.h"

#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <utility>

#include "sandbox/confined.h"
#include "trace/where/lines.h"
#include "trace/where/unsafe_functions.h"

namespace plumbline::trace::where {

using sandbox::Packer;
using sandbox::Unpacker;

// --- What is said.

void Pack(Packer& to, const Outline& outline) {
  to.Number(outline.has_lines ? 1 : 0).Number(outline.segments.size());
  for (const Outline::Segment& segment : outline.segments)
    to.Number(segment.offset).Number(segment.size).Number(segment.address);
}

bool Unpack(Unpacker& from, Outline& outline) {
  outline.has_lines = from.Number() == 1;
  const uint64_t count = from.Number();
  if (count > Outline::kMostSegments) return false;
  outline.segments.resize(count);
  for (Outline::Segment& segment : outline.segments) {
    segment.offset = from.Number();
    segment.size = from.Number();
    segment.address = from.Number();
  }
  return from.ok();
}

void Pack(Packer& to, const RowRange& range) {
  const Row& row = range.row;
  to.Number(range.begin).Number(range.end).Number(row.signal ? 1 : 0);
  to.Signed(row.cfa_register).Signed(row.cfa_offset);
  for (const Rule& rule : row.rules) to.Signed(static_cast<int>(rule.from)).Signed(rule.number);
}

bool Unpack(Unpacker& from, RowRange& range) {
  Row& row = range.row;
  range.begin = from.Number();
  range.end = from.Number();
  row.signal = from.Number() == 1;
  row.cfa_register = from.Int();
  row.cfa_offset = static_cast<int64_t>(from.Number());
  if (row.cfa_register < 0 || row.cfa_register >= kReturnAddress) return false;
  for (Rule& rule : row.rules) {
    const uint64_t kind = from.Number();
    rule.number = static_cast<int64_t>(from.Number());
    if (kind > static_cast<uint64_t>(Rule::From::kNowhere)) return false;
    rule.from = static_cast<Rule::From>(kind);
    if (rule.from == Rule::From::kRegister && (rule.number < 0 || rule.number >= kRegisters))
      return false;
  }
  return from.ok();
}

namespace {

// Of a name; Linux has no longer paths.
constexpr size_t kMostName = 4096;

}  // namespace

void Pack(Packer& to, const record::Location& location) {
  to.Text(location.file).Signed(location.line).Text(location.function);
}

bool Unpack(Unpacker& from, record::Location& location) {
  location.file = from.Text();
  location.line = from.Int();
  location.function = from.Text();
  return from.ok() && !location.file.empty() && location.line > 0;
}

void Pack(Packer& to, const Watched& watched) {
  to.Number(watched.errno_location).Number(watched.unsafe.size());
  for (const Watched::Function& function : watched.unsafe)
    to.Number(function.address).Number(function.index);
}

bool Unpack(Unpacker& from, Watched& watched) {
  watched.errno_location = from.Number();
  const uint64_t count = from.Number();
  if (count > Watched::kMostFunctions) return false;
  watched.unsafe.resize(count);
  for (Watched::Function& function : watched.unsafe) {
    function.address = from.Number();
    const uint64_t index = from.Number();
    if (index >= UnsafeFunctions().size()) return false;
    function.index = static_cast<uint32_t>(index);
  }
  return from.ok();
}

namespace {

// Enough for the debug information of any lab program, and for a compiler's.
constexpr sandbox::Confinement kConfinement{
    .name = "reader", .memory = MiB(512), .processor_seconds = 2};

// --- What it does.

class Answers {
 public:
  explicit Answers(int file) : file_(file), elf_(ElfFile::Open(file)) {}

  std::string To(const sandbox::Message& request) {
    Unpacker from(request.bytes);
    switch (static_cast<ReaderRequest>(from.Int())) {
      case ReaderRequest::kOutline:
        return ReadOutline();
      case ReaderRequest::kRow:
        return RowAt(from.Number());
      case ReaderRequest::kLocations:
        return LocationsAt(from);
      case ReaderRequest::kWatched:
        return FindWatched();
    }
    return Nothing();
  }

 private:
  static std::string Nothing() { return Packer().Number(0).bytes(); }

  std::string ReadOutline() const {
    if (!elf_) return Nothing();
    Packer answer;
    answer.Number(1);
    Pack(answer, elf_->outline());
    return answer.bytes();
  }

  std::string RowAt(uint64_t address) const {
    const auto range = elf_ ? elf_->RowAt(address) : std::nullopt;
    if (!range) return Nothing();
    Packer answer;
    answer.Number(1);
    Pack(answer, *range);
    return answer.bytes();
  }

  std::optional<record::Location> LocationAt(uint64_t address, bool innermost) {
    if (!std::exchange(has_opened_lines_, true)) lines_ = Lines::Open(file_);
    if (!lines_) return std::nullopt;
    auto location = innermost ? lines_->AtInnermost(address) : lines_->At(address);
    if (!location || location->file.size() > kMostName) return std::nullopt;
    if (location->function.size() > kMostName) location->function.clear();
    return location;
  }

  std::string LocationsAt(Unpacker& from) {
    Packer some;
    uint64_t count = 0;
    constexpr size_t kLongest = 2 * kMostName + 64;
    for (uint64_t left = from.Number(); left > 0 && from.ok(); --left, ++count) {
      if (some.bytes().size() + kLongest > kMostAnswer) break;
      const uint64_t address = from.Number();
      const auto location = LocationAt(address, from.Number() == 1);
      some.Number(location ? 1 : 0);
      if (location) Pack(some, *location);
    }
    return Packer().Number(count).bytes() + some.bytes();
  }

  std::string FindWatched() {
    if (!elf_) return Nothing();
    Watched watched = elf_->WatchedAmong(ElfFile::Symbols::kAll);
    std::erase_if(watched.unsafe, [&](const Watched::Function& function) {
      return LocationAt(function.address, false).has_value();
    });
    Packer answer;
    answer.Number(1);
    Pack(answer, watched);
    return answer.bytes();
  }

  int file_;
  std::unique_ptr<ElfFile> elf_;
  std::unique_ptr<Lines> lines_;
  bool has_opened_lines_ = false;
};

}  // namespace

void RunReader(UniqueFd socket, int file) {
  UniqueFd content(file);
  if (!sandbox::Confine(kConfinement, {&socket, &content})) ::_exit(1);
  Answers answers(content.get());
  while (true) {
    const auto request = sandbox::Receive(socket.get());
    if (!request || !*request) ::_exit(0);
    const std::string answer = answers.To(**request);
    if (::send(socket.get(), answer.data(), answer.size(), MSG_NOSIGNAL) < 0) ::_exit(1);
  }
}

}  // namespace plumbline::trace::where

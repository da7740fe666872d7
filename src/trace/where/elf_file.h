// SPDX-License-Identifier: MIT
// A file of code (a program, a library) as libelf and libdw read it: where it is loaded, and what
// its call frame information says of each place in it (DWARF 5, 6.4; the x86-64 psABI, 3.7).
//
// They trust what they read. Of the machine's own files that is as it should be; a student's is
// read in a process of its own (reader.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "trace/where/row.h"

struct Elf;
struct Dwarf_CFI_s;

namespace plumbline::trace::where {

// What a file is, in short.
struct Outline {
  static constexpr size_t kMostSegments = 64;
  struct Segment {
    uint64_t offset = 0;
    uint64_t size = 0;
    uint64_t address = 0;
  };
  std::vector<Segment> segments;
  bool has_lines = false;  // a table of lines is in it
};

// Where a file has what handlers of signals are watched by.
struct Watched {
  struct Function {
    uint64_t address = 0;
    uint32_t index = 0;  // in UnsafeFunctions()
  };
  static constexpr size_t kMostFunctions = 1024;
  std::vector<Function> unsafe;
  uint64_t errno_location = 0;  // __errno_location(); 0: it has none
};

class ElfFile {
 public:
  // The descriptor stays the caller's and outlives it. nullptr: it is none that can be understood.
  static std::unique_ptr<ElfFile> Open(int fd);
  ~ElfFile();
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;

  Outline outline() const;
  // Nothing: nothing is said of this address, or nothing that is understood.
  std::optional<RowRange> RowAt(uint64_t address) const;
  // The address of a symbol that it exports; 0: there is none.
  uint64_t SymbolAt(const char* name) const;
  // All names by which it exports the function that this address is in.
  std::vector<std::string> NamesAt(uint64_t address) const;
  enum class Symbols { kExported, kAll };
  Watched WatchedAmong(Symbols symbols) const;

 private:
  explicit ElfFile(Elf* elf) : elf_(elf) {}
  bool HasSection(const char* name) const;
  struct Symbol {
    const char* name;
    uint64_t address;
    uint64_t size;
  };
  // Takes each defined symbol until `takes` says that it has enough.
  void ForEachSymbol(Symbols symbols, const std::function<bool(const Symbol&)>& takes) const;

  Elf* elf_;
  Dwarf_CFI_s* frames_ = nullptr;
};

}  // namespace plumbline::trace::where

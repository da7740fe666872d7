// SPDX-License-Identifier: MIT
// A file of code (a program, a library): what its call frame information says of each place in it
// (DWARF 5, 6.4; the x86-64 psABI, 3.7). Looked up once a place, then remembered: a program makes
// its calls from few.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/unique_fd.h"

struct Elf;
struct Dwarf_CFI_s;
struct Dwarf_Frame_s;

namespace plumbline::trace::where {

// Numbers of registers as DWARF has them for x86-64.
constexpr int kRsp = 7;
constexpr int kReturnAddress = 16;
constexpr int kRegisters = 17;

// How to come from a frame to its caller's.
struct Rule {
  enum class From {
    kSame,      // the register was not touched
    kMemory,    // saved at CFA + number
    kRegister,  // in the register of this number
    kNowhere,   // lost; of the return address: there is no caller
  };
  From from = From::kSame;
  int64_t number = 0;
};
struct Row {
  bool signal = false;  // the kernel's frame below a signal handler
  int cfa_register = kRsp;
  int64_t cfa_offset = 0;
  std::array<Rule, kRegisters> rules{};
};

class Module {
 public:
  // Takes the descriptor of an ELF file; nullptr if it is none that can be understood.
  static std::unique_ptr<Module> Open(UniqueFd file, bool of_system);
  ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  // The address of a byte of the file, as the file itself counts; nothing: it is not loaded.
  std::optional<uint64_t> AddressAt(uint64_t offset) const;
  // nullptr: nothing is said of this address, or nothing that is understood.
  const Row* RowAt(uint64_t address);

  // The address of a symbol that it exports; 0: there is none.
  uint64_t SymbolAt(const char* name) const;

  // One of the machine's own files, and not one that came with the program.
  bool of_system() const { return of_system_; }
  // Its file has a table of lines.
  bool has_lines() const { return has_lines_; }
  int fd() const { return file_.get(); }

 private:
  struct Segment {
    uint64_t offset;
    uint64_t size;
    uint64_t address;
  };
  Module(UniqueFd file, Elf* elf, bool of_system);
  void NoteSegments();
  bool HasSection(const char* name) const;
  std::optional<Row> ReadRow(uint64_t address) const;

  UniqueFd file_;
  Elf* elf_;
  Dwarf_CFI_s* frames_ = nullptr;
  bool of_system_;
  bool has_lines_ = false;
  std::vector<Segment> segments_;
  std::unordered_map<uint64_t, std::optional<Row>> rows_;
};

}  // namespace plumbline::trace::where

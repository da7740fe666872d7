// SPDX-License-Identifier: MIT
// A file of code that a run has mapped: one of the machine's own, which is read here, or one that
// came with the program, of which a reader tells (known_file.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/unique_fd.h"
#include "trace/where/elf_file.h"
#include "trace/where/known_file.h"
#include "trace/where/row.h"

namespace plumbline::trace::where {

class Module {
 public:
  // nullptr if it is no ELF file that can be understood.
  static std::unique_ptr<Module> OpenSystems(UniqueFd file);
  static std::unique_ptr<Module> OpenStudents(std::shared_ptr<KnownFile> file);

  // The address of a byte of the file, as the file itself counts; nothing: it is not loaded.
  std::optional<uint64_t> AddressAt(uint64_t offset) const;
  // nullptr: nothing is said of this address, or nothing that is understood.
  const Row* RowAt(uint64_t address);

  // The address of a symbol that it exports; 0: there is none, or it is not the machine's own.
  uint64_t SymbolAt(const char* name) const;

  // All names by which it exports the function that this address is in; none if it is not the
  // machine's own.
  std::vector<std::string> NamesAt(uint64_t address) const;

  // Where it has what handlers are watched by, as the file counts.
  Watched FindWatched();

  // What came with the program; nullptr: one of the machine's own.
  KnownFile* of_student() const { return students_.get(); }

 private:
  Module() = default;

  Outline outline_;
  std::shared_ptr<KnownFile> students_;
  UniqueFd file_;
  std::unique_ptr<ElfFile> systems_;
  std::unordered_map<uint64_t, std::optional<RowRange>> rows_;  // of the machine's own
};

}  // namespace plumbline::trace::where

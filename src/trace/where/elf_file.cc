// SPDX-License-Identifier: MIT
#include "trace/where/elf_file.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>

#include <cstdlib>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "trace/where/unsafe_functions.h"

namespace plumbline::trace::where {
namespace {

// What a frame's caller needs again: the registers that a function saves (psABI, 3.2.1).
constexpr int kSaved[] = {3, 6, 12, 13, 14, 15, kReturnAddress};

using Operations = std::span<const Dwarf_Op>;

// "This many bytes above the CFA."
std::optional<int64_t> AboveCfa(Operations operations) {
  if (operations.empty() || operations[0].atom != DW_OP_call_frame_cfa) return std::nullopt;
  if (operations.size() == 1) return 0;
  if (operations.size() > 2 || operations[1].atom != DW_OP_plus_uconst) return std::nullopt;
  return static_cast<int64_t>(operations[1].number);
}

std::optional<int64_t> InRegister(Operations operations) {
  if (operations.size() != 1) return std::nullopt;
  const Dwarf_Op& only = operations[0];
  if (only.atom == DW_OP_regx) return static_cast<int64_t>(only.number);
  if (only.atom >= DW_OP_reg0 && only.atom <= DW_OP_reg31) return only.atom - DW_OP_reg0;
  return std::nullopt;
}

Rule RuleOf(Dwarf_Frame* frame, int number) {
  constexpr Rule kLost{.from = Rule::From::kNowhere};
  Dwarf_Op room[3];
  Dwarf_Op* first = nullptr;
  size_t count = 0;
  if (dwarf_frame_register(frame, number, room, &first, &count) != 0) return kLost;
  // Nothing said: callees leave it as it is, and _start has no caller.
  if (count == 0) return number == kReturnAddress ? kLost : Rule{};
  if (const auto offset = AboveCfa({first, count}))
    return {.from = Rule::From::kMemory, .number = *offset};
  const auto other = InRegister({first, count});
  if (other && *other >= 0 && *other < kRegisters)
    return {.from = Rule::From::kRegister, .number = *other};
  return kLost;
}

bool SetCfa(Dwarf_Frame* frame, Row& row) {
  Dwarf_Op* first = nullptr;
  size_t count = 0;
  if (dwarf_frame_cfa(frame, &first, &count) != 0 || count != 1) return false;
  if (first->atom == DW_OP_bregx) {
    row.cfa_register = static_cast<int>(first->number);
    row.cfa_offset = static_cast<int64_t>(first->number2);
  } else if (first->atom >= DW_OP_breg0 && first->atom <= DW_OP_breg31) {
    row.cfa_register = first->atom - DW_OP_breg0;
    row.cfa_offset = static_cast<int64_t>(first->number);
  } else {
    return false;
  }
  return row.cfa_register >= 0 && row.cfa_register < kReturnAddress;
}

}  // namespace

std::unique_ptr<ElfFile> ElfFile::Open(int fd) {
  if (elf_version(EV_CURRENT) == EV_NONE) return nullptr;
  Elf* const elf = elf_begin(fd, ELF_C_READ_MMAP, nullptr);
  if (elf == nullptr) return nullptr;
  std::unique_ptr<ElfFile> file(new ElfFile(elf));
  GElf_Ehdr header;
  const bool understood = elf_kind(elf) == ELF_K_ELF && gelf_getehdr(elf, &header) != nullptr &&
                          gelf_getclass(elf) == ELFCLASS64 && header.e_machine == EM_X86_64;
  if (!understood) return nullptr;
  file->frames_ = dwarf_getcfi_elf(elf);
  return file;
}

ElfFile::~ElfFile() {
  if (frames_ != nullptr) dwarf_cfi_end(frames_);
  elf_end(elf_);
}

Outline ElfFile::outline() const {
  Outline outline{.segments = {}, .has_lines = HasSection(".debug_line")};
  size_t count = 0;
  if (elf_getphdrnum(elf_, &count) != 0) return outline;
  for (size_t i = 0; i < count && outline.segments.size() < Outline::kMostSegments; ++i) {
    GElf_Phdr segment;
    if (gelf_getphdr(elf_, static_cast<int>(i), &segment) == nullptr) break;
    if (segment.p_type == PT_LOAD)
      outline.segments.push_back({segment.p_offset, segment.p_filesz, segment.p_vaddr});
  }
  return outline;
}

bool ElfFile::HasSection(const char* name) const {
  size_t names = 0;
  if (elf_getshdrstrndx(elf_, &names) != 0) return false;
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf_, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr) continue;
    const char* const found = elf_strptr(elf_, names, header.sh_name);
    if (found != nullptr && std::string_view(found) == name) return true;
  }
  return false;
}

void ElfFile::ForEachSymbol(Symbols symbols,
                            const std::function<bool(const Symbol&)>& takes) const {
  const GElf_Word table = symbols == Symbols::kExported ? SHT_DYNSYM : SHT_SYMTAB;
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf_, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr || header.sh_type != table) continue;
    Elf_Data* const data = elf_getdata(section, nullptr);
    if (data == nullptr || header.sh_entsize == 0) continue;
    const size_t count = header.sh_size / header.sh_entsize;
    for (size_t i = 0; i < count; ++i) {
      GElf_Sym symbol;
      if (gelf_getsym(data, static_cast<int>(i), &symbol) == nullptr) break;
      const char* const name = elf_strptr(elf_, header.sh_link, symbol.st_name);
      if (name == nullptr || symbol.st_value == 0) continue;
      if (!takes({name, symbol.st_value, symbol.st_size})) return;
    }
  }
}

uint64_t ElfFile::SymbolAt(const char* name) const {
  uint64_t address = 0;
  ForEachSymbol(Symbols::kExported, [&](const Symbol& symbol) {
    if (std::string_view(symbol.name) == name) address = symbol.address;
    return address == 0;
  });
  return address;
}

std::vector<std::string> ElfFile::NamesAt(uint64_t address) const {
  std::vector<std::string> names;
  ForEachSymbol(Symbols::kExported, [&](const Symbol& symbol) {
    if (address >= symbol.address && address - symbol.address < symbol.size)
      names.emplace_back(symbol.name);
    return true;
  });
  return names;
}

namespace {

// By symbol.
const std::unordered_map<std::string_view, uint32_t>& UnsafeBySymbol() {
  static const auto* const kFunctions = [] {
    auto* const functions = new std::unordered_map<std::string_view, uint32_t>();
    for (const UnsafeFunction& function : UnsafeFunctions())
      functions->emplace(function.symbol, static_cast<uint32_t>(functions->size()));
    return functions;
  }();
  return *kFunctions;
}

}  // namespace

// A function may have several versions.
Watched ElfFile::WatchedAmong(Symbols symbols) const {
  Watched watched;
  ForEachSymbol(symbols, [&](const Symbol& symbol) {
    const std::string_view name = symbol.name;
    if (name == "__errno_location") watched.errno_location = symbol.address;
    const auto unsafe = UnsafeBySymbol().find(name);
    if (unsafe != UnsafeBySymbol().end())
      watched.unsafe.push_back({symbol.address, unsafe->second});
    return watched.unsafe.size() < Watched::kMostFunctions;
  });
  return watched;
}

std::optional<RowRange> ElfFile::RowAt(uint64_t address) const {
  Dwarf_Frame* found = nullptr;
  if (frames_ == nullptr || dwarf_cfi_addrframe(frames_, address, &found) != 0) return std::nullopt;
  const std::unique_ptr<Dwarf_Frame, void (*)(void*)> frame(found, std::free);
  RowRange range;
  Row& row = range.row;
  if (dwarf_frame_info(found, &range.begin, &range.end, &row.signal) != kReturnAddress)
    return std::nullopt;
  if (row.signal) return range;
  if (!SetCfa(found, row)) return std::nullopt;
  row.rules.fill({.from = Rule::From::kNowhere});
  for (const int number : kSaved) row.rules[static_cast<size_t>(number)] = RuleOf(found, number);
  return range;
}

}  // namespace plumbline::trace::where

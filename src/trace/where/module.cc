// SPDX-License-Identifier: MIT
#include "trace/where/module.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>

#include <cstdlib>
#include <span>
#include <string_view>
#include <utility>

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
  if (other && *other < kRegisters) return {.from = Rule::From::kRegister, .number = *other};
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

std::unique_ptr<Module> Module::Open(UniqueFd file, bool of_system) {
  if (elf_version(EV_CURRENT) == EV_NONE) return nullptr;
  Elf* elf = elf_begin(file.get(), ELF_C_READ_MMAP, nullptr);
  if (elf == nullptr) return nullptr;
  std::unique_ptr<Module> module(new Module(std::move(file), elf, of_system));
  GElf_Ehdr header;
  const bool understood = elf_kind(elf) == ELF_K_ELF && gelf_getehdr(elf, &header) != nullptr &&
                          gelf_getclass(elf) == ELFCLASS64 && header.e_machine == EM_X86_64;
  if (!understood) return nullptr;
  module->NoteSegments();
  module->has_lines_ = !of_system && module->HasSection(".debug_line");
  module->frames_ = dwarf_getcfi_elf(elf);
  return module;
}

Module::Module(UniqueFd file, Elf* elf, bool of_system)
    : file_(std::move(file)), elf_(elf), of_system_(of_system) {}

Module::~Module() {
  if (frames_ != nullptr) dwarf_cfi_end(frames_);
  elf_end(elf_);
}

void Module::NoteSegments() {
  size_t count = 0;
  if (elf_getphdrnum(elf_, &count) != 0) return;
  for (size_t i = 0; i < count; ++i) {
    GElf_Phdr segment;
    if (gelf_getphdr(elf_, static_cast<int>(i), &segment) == nullptr) return;
    if (segment.p_type == PT_LOAD)
      segments_.push_back({segment.p_offset, segment.p_filesz, segment.p_vaddr});
  }
}

bool Module::HasSection(const char* name) const {
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

uint64_t Module::SymbolAt(const char* name) const {
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf_, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr || header.sh_type != SHT_DYNSYM) continue;
    Elf_Data* const data = elf_getdata(section, nullptr);
    if (data == nullptr || header.sh_entsize == 0) continue;
    const size_t count = header.sh_size / header.sh_entsize;
    for (size_t i = 0; i < count; ++i) {
      GElf_Sym symbol;
      if (gelf_getsym(data, static_cast<int>(i), &symbol) == nullptr) break;
      const char* const found = elf_strptr(elf_, header.sh_link, symbol.st_name);
      if (found != nullptr && symbol.st_value != 0 && std::string_view(found) == name)
        return symbol.st_value;
    }
  }
  return 0;
}

std::optional<uint64_t> Module::AddressAt(uint64_t offset) const {
  for (const Segment& segment : segments_) {
    // Segments are mapped by whole pages.
    constexpr uint64_t kInPage = 4095;
    const uint64_t begin = segment.offset & ~kInPage;
    if (offset < begin || offset - begin >= segment.size + (segment.offset & kInPage)) continue;
    return segment.address + (offset - segment.offset);
  }
  return std::nullopt;
}

std::optional<Row> Module::ReadRow(uint64_t address) const {
  Dwarf_Frame* found = nullptr;
  if (frames_ == nullptr || dwarf_cfi_addrframe(frames_, address, &found) != 0) return std::nullopt;
  const std::unique_ptr<Dwarf_Frame, void (*)(void*)> frame(found, std::free);
  Row row;
  Dwarf_Addr begin = 0;
  Dwarf_Addr end = 0;
  if (dwarf_frame_info(found, &begin, &end, &row.signal) != kReturnAddress) return std::nullopt;
  if (row.signal) return row;
  if (!SetCfa(found, row)) return std::nullopt;
  row.rules.fill({.from = Rule::From::kNowhere});
  for (const int number : kSaved) row.rules[static_cast<size_t>(number)] = RuleOf(found, number);
  return row;
}

const Row* Module::RowAt(uint64_t address) {
  constexpr size_t kMostRows = 4096;
  if (rows_.size() > kMostRows) rows_.clear();
  const auto [entry, fresh] = rows_.try_emplace(address);
  if (fresh) entry->second = ReadRow(address);
  return entry->second ? &*entry->second : nullptr;
}

}  // namespace plumbline::trace::where

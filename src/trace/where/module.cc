// SPDX-License-Identifier: MIT
#include "trace/where/module.h"

#include <utility>

namespace plumbline::trace::where {

std::unique_ptr<Module> Module::OpenSystems(UniqueFd file) {
  auto elf = ElfFile::Open(file.get());
  if (!elf) return nullptr;
  std::unique_ptr<Module> module(new Module());
  module->outline_ = elf->outline();
  module->file_ = std::move(file);
  module->systems_ = std::move(elf);
  return module;
}

std::unique_ptr<Module> Module::OpenStudents(std::shared_ptr<KnownFile> file) {
  const Outline* const outline = file == nullptr ? nullptr : file->outline();
  if (outline == nullptr) return nullptr;
  std::unique_ptr<Module> module(new Module());
  module->outline_ = *outline;
  module->students_ = std::move(file);
  return module;
}

uint64_t Module::SymbolAt(const char* name) const {
  return systems_ ? systems_->SymbolAt(name) : 0;
}

std::vector<std::string> Module::NamesAt(uint64_t address) const {
  return systems_ ? systems_->NamesAt(address) : std::vector<std::string>{};
}

Watched Module::FindWatched() {
  return systems_ ? systems_->WatchedAmong(ElfFile::Symbols::kExported) : students_->watched();
}

std::optional<uint64_t> Module::AddressAt(uint64_t offset) const {
  for (const Outline::Segment& segment : outline_.segments) {
    // Segments are mapped by whole pages.
    constexpr uint64_t kInPage = 4095;
    const uint64_t begin = segment.offset & ~kInPage;
    if (offset < begin || offset - begin >= segment.size + (segment.offset & kInPage)) continue;
    return segment.address + (offset - segment.offset);
  }
  return std::nullopt;
}

const Row* Module::RowAt(uint64_t address) {
  if (students_) return students_->RowAt(address);
  constexpr size_t kMostRows = 4096;
  if (rows_.size() > kMostRows) rows_.clear();
  const auto [entry, fresh] = rows_.try_emplace(address);
  if (fresh) entry->second = systems_->RowAt(address);
  return entry->second ? &entry->second->row : nullptr;
}

}  // namespace plumbline::trace::where

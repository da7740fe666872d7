// SPDX-License-Identifier: MIT
// ELF files as somebody would make them who wants to harm who reads them: a good one, and what is
// done to its sections.
#pragma once

#include <elf.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace plumbline::trace::testing {

class CraftedElf {
 public:
  explicit CraftedElf(std::string content) : content_(std::move(content)) {}

  const std::string& content() const { return content_; }
  bool Has(const char* section) { return Find(section) != nullptr; }
  std::string_view Section(const char* name) {
    const Elf64_Shdr* const section = Find(name);
    if (section == nullptr) return {};
    return std::string_view(content_).substr(section->sh_offset, section->sh_size);
  }
  void SetSize(const char* name, uint64_t size) { Find(name)->sh_size = size; }
  void SetOffset(const char* name, uint64_t offset) { Find(name)->sh_offset = offset; }
  // The new bytes are put at the end of the file.
  void Replace(const char* name, std::string_view bytes) {
    const uint64_t at = content_.size();
    content_ += bytes;
    SetOffset(name, at);
    SetSize(name, bytes.size());
  }
  void Flip(const char* name, size_t at, char bits) {
    const Elf64_Shdr* const section = Find(name);
    content_[section->sh_offset + at % section->sh_size] ^= bits;
  }
  void SetSectionCount(uint16_t count) { Header()->e_shnum = count; }
  void CutTo(size_t size) { content_.resize(size); }

 private:
  Elf64_Ehdr* Header() { return reinterpret_cast<Elf64_Ehdr*>(content_.data()); }
  Elf64_Shdr* Find(std::string_view name) {
    auto* const sections = reinterpret_cast<Elf64_Shdr*>(content_.data() + Header()->e_shoff);
    const char* const names = content_.data() + sections[Header()->e_shstrndx].sh_offset;
    for (int i = 0; i < Header()->e_shnum; ++i) {
      if (name == names + sections[i].sh_name) return &sections[i];
    }
    return nullptr;
  }

  std::string content_;
};

}  // namespace plumbline::trace::testing

// SPDX-License-Identifier: MIT
#include "report/catalogue.h"

#include <cstdint>
#include <cstring>

namespace plumbline::report {
namespace {

constexpr uint32_t kMagic = 0x950412de;

// Where what is in the first bytes.
enum Field : size_t {
  kMagicAt = 0,
  kRevision = 4,
  kCount = 8,
  kOriginals = 12,
  kTranslations = 16
};

// The bytes of a file, of which none is believed to be there.
class Mo {
 public:
  explicit Mo(std::string_view bytes) : bytes_(bytes) {}

  std::optional<uint32_t> Number(size_t at) const {
    uint32_t value = 0;
    if (at > bytes_.size() || bytes_.size() - at < sizeof value) return std::nullopt;
    std::memcpy(&value, bytes_.data() + at, sizeof value);
    return value;
  }

  // The text that entry `index` of a table tells of; of a plural the first form.
  std::optional<std::string> Text(size_t table, size_t index) const {
    const size_t entry = table + index * 2 * sizeof(uint32_t);
    const auto size = Number(entry);
    const auto at = Number(entry + sizeof(uint32_t));
    if (!size || !at || *at > bytes_.size() || bytes_.size() - *at < *size) return std::nullopt;
    const std::string_view text = bytes_.substr(*at, *size);
    return std::string(text.substr(0, text.find('\0')));
  }

 private:
  std::string_view bytes_;
};

}  // namespace

std::optional<Catalogue> Catalogue::FromMo(std::string_view bytes) {
  const Mo mo(bytes);
  constexpr uint32_t kMajor = 0xffff0000;
  const auto revision = mo.Number(kRevision);
  const auto count = mo.Number(kCount);
  const auto originals = mo.Number(kOriginals);
  const auto translations = mo.Number(kTranslations);
  if (mo.Number(kMagicAt) != kMagic || !revision || (*revision & kMajor) != 0 || !count ||
      !originals || !translations)
    return std::nullopt;
  Catalogue catalogue;
  for (size_t i = 0; i < *count; ++i) {
    auto sentence = mo.Text(*originals, i);
    auto translation = mo.Text(*translations, i);
    if (!sentence || !translation) return std::nullopt;
    catalogue.translations_.emplace(*std::move(sentence), *std::move(translation));
  }
  return catalogue;
}

std::string Catalogue::Find(const std::string& sentence) const {
  const auto found = translations_.find(sentence);
  return found == translations_.end() ? std::string() : found->second;
}

}  // namespace plumbline::report

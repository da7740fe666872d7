// SPDX-License-Identifier: MIT
// A catalogue of translations as msgfmt(1) compiles it: a .mo file (the manual of GNU gettext, "The
// Format of GNU MO Files"). A library that reads it without a locale of the system brings ICU
// along, which is larger than all the rest of the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace plumbline::report {

class Catalogue {
 public:
  // Nothing: it is none, or not sound. Numbers are little-endian, as msgfmt writes them here.
  static std::optional<Catalogue> FromMo(std::string_view bytes);
  // "": it has no translation of this sentence.
  std::string Find(const std::string& sentence) const;

 private:
  std::unordered_map<std::string, std::string> translations_;
};

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
// Messages into a language: the .mo catalogues that src/evaluate/po is compiled to, read without
// any locale of the system. English needs none; what has no translation is told in English.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/finding.h"
#include "report/catalogue.h"

namespace plumbline::report {

class Translator {
 public:
  // `folders` hold LANG/LC_MESSAGES/plumbline.mo; the first that has it counts. No such file, or
  // one that is not sound: English.
  Translator(const std::string& lang, const std::vector<std::filesystem::path>& folders);

  const std::string& lang() const { return lang_; }
  // The sentence with its arguments put in. Translated first, so that no argument is ever a key.
  std::string Tell(const evaluate::Message& message) const;

 private:
  std::string TellPart(const evaluate::Message& message, bool begins) const;
  std::string Sentence(const std::string& id) const;

  std::string lang_;
  std::optional<Catalogue> catalogue_;
};

// Where catalogues are: beside the running program's build tree (`locale/`) and where `make
// install` puts them (`../share/locale`), seen from `program`, the path of the executable.
std::vector<std::filesystem::path> CatalogueFolders(const std::filesystem::path& program);

// The language for people out of `wanted` (ca, es, en), else LC_ALL, LC_MESSAGES, LANG, else
// English.
std::string ChooseLanguage(const std::string& wanted);

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
#include "report/translator.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/io.h"

namespace plumbline::report {
namespace {

using evaluate::Argument;
using evaluate::Message;

constexpr std::array<std::string_view, 3> kLanguages{"en", "ca", "es"};

bool IsKnown(std::string_view lang) {
  return std::ranges::find(kLanguages, lang) != kLanguages.end();
}

// A broken file is as good as none.
std::optional<Catalogue> Load(const std::string& lang,
                              const std::vector<std::filesystem::path>& folders) {
  constexpr Bytes kMost = MiB(16);
  for (const auto& folder : folders) {
    const auto bytes = ReadFile(folder / lang / "LC_MESSAGES/plumbline.mo", kMost);
    if (bytes) return Catalogue::FromMo(*bytes);
  }
  return std::nullopt;
}

bool IsVowel(char c) { return std::string_view("aeiouAEIOU").find(c) != std::string_view::npos; }

// "de" + "el teu programa" is "del teu programa", in Spanish "de" + "el proceso" is "del proceso";
// Catalan "de" before a vowel is "d'". Only words that are translated join like that, never a name.
void JoinWord(const std::string& lang, std::string& text, std::string_view word) {
  const auto ends_with_word = [&](std::string_view last) {
    return text.ends_with(last) &&
           (text.size() == last.size() || text[text.size() - last.size() - 1] == ' ');
  };
  const bool el = word.starts_with("el ");
  const bool els = word.starts_with("els ");
  if (lang == "es" || lang == "ca") {
    for (const std::string_view preposition : {"de ", "a "}) {
      if (!ends_with_word(preposition) || !(el || (els && lang == "ca"))) continue;
      text.pop_back();
      text += word.substr(1);
      return;
    }
  }
  if (lang == "ca" && ends_with_word("per ") && (el || els)) {
    text.erase(text.size() - 2);
    text += word.substr(1);
    return;
  }
  if (lang == "ca" && ends_with_word("de ") && !word.empty() && IsVowel(word.front())) {
    text.erase(text.size() - 2);
    text += "'";
  }
  text += word;
}

bool EndsSentence(std::string_view text) { return text.ends_with(". ") || text.ends_with("? "); }

// A word that is translated ("your program") begins a sentence with a capital; a name stays as it
// is.
std::string Capital(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z')
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

const Argument* Find(const Message& message, std::string_view name) {
  const auto it = std::ranges::find(message.args, name, &Argument::name);
  return it == message.args.end() ? nullptr : &*it;
}

// A text that no catalogue has may bring its translations along: "text.ca" beside "text".
const Argument* FindIn(const std::string& lang, const Message& message, const std::string& name) {
  const Argument* translated = Find(message, name + "." + lang);
  return translated != nullptr ? translated : Find(message, name);
}

}  // namespace

Translator::Translator(const std::string& lang, const std::vector<std::filesystem::path>& folders)
    : lang_(IsKnown(lang) ? lang : "en") {
  if (lang_ != "en") catalogue_ = Load(lang_, folders);
}

std::string Translator::Sentence(const std::string& id) const {
  // The empty one has the file's own heading for a translation.
  if (!catalogue_ || id.empty()) return id;
  const std::string text = catalogue_->Find(id);
  return text.empty() ? id : text;
}

std::string Translator::Tell(const Message& message) const { return TellPart(message, true); }

// `begins`: it stands where a sentence begins.
std::string Translator::TellPart(const Message& message, bool begins) const {
  const std::string sentence = Sentence(message.id);
  std::string text;
  size_t at = 0;
  while (at < sentence.size()) {
    const size_t open = sentence.find('{', at);
    text += sentence.substr(at, open - at);
    if (open == std::string::npos) break;
    const size_t close = sentence.find('}', open);
    const Argument* argument =
        close == std::string::npos
            ? nullptr
            : FindIn(lang_, message, sentence.substr(open + 1, close - open - 1));
    if (argument == nullptr) {
      text += '{';
      at = open + 1;
      continue;
    }
    if (argument->words.empty()) {
      text += argument->text;
    } else {
      const Message& word = argument->words.front();
      const bool first = text.empty() ? begins : EndsSentence(text);
      const std::string told = TellPart(word, first);
      JoinWord(lang_, text, first && !word.id.starts_with('{') ? Capital(told) : told);
    }
    at = close + 1;
  }
  return text;
}

std::vector<std::filesystem::path> CatalogueFolders(const std::filesystem::path& program) {
  const std::filesystem::path folder = program.parent_path();
  // BUILD/src/cli/plumbline and PREFIX/bin/plumbline.
  return {(folder / "../../locale").lexically_normal(), (folder / "../locale").lexically_normal(),
          (folder / "../share/locale").lexically_normal()};
}

std::string ChooseLanguage(const std::string& wanted) {
  if (!wanted.empty()) return IsKnown(wanted) ? wanted : "en";
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    const std::string lang = std::string(value).substr(0, 2);
    return IsKnown(lang) ? lang : "en";
  }
  return "en";
}

}  // namespace plumbline::report

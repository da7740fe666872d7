// SPDX-License-Identifier: MIT
#include "spec/reader.h"

#include <algorithm>

#include "base/io.h"
#include "base/text.h"

namespace plumbline::spec {

void Reader::Report(const Mark& mark, std::string code, std::string message, std::string hint) {
  diagnostics_.push_back({file_, mark, std::move(code), std::move(message), std::move(hint)});
}

void Reader::Report(const Mark& mark, const Complaint& complaint) {
  Report(mark, complaint.code, complaint.message, complaint.hint);
}

void Reader::MentionOf(Mention::Kind kind, const std::string& text, const Mark& mark) {
  mentions.push_back({kind, text, mark, item});
}

void Reader::MentionPlaceholders(const Node& node) {
  MentionPlaceholders(node, PlaceholdersIn(node.text));
}

void Reader::MentionPlaceholders(const Node& node, const std::vector<std::string>& placeholders) {
  for (const std::string& name : placeholders) {
    if (name == "n" && numbered) continue;
    MentionOf(Mention::Kind::kPlaceholder, name, Within(node, "{" + name + "}"));
  }
}

void Reader::MentionWho(const Who& who, const Mark& mark) {
  if (who.base == Who::Base::kName || who.base == Who::Base::kProgram)
    MentionOf(Mention::Kind::kWho, who.word, mark);
  for (const Who& inner : who.group) MentionWho(inner, mark);
}

std::optional<std::string> Reader::ContentOf(const Node& path, const std::string& what) {
  if (!Exists(path, path.text, what)) return std::nullopt;
  auto content = ReadFile(folder_ / path.text);
  if (content) return std::move(*content);
  std::error_code ignored;
  const bool regular = std::filesystem::is_regular_file(folder_ / path.text, ignored);
  Report(path.mark, "unreadable-" + what,
         regular ? content.error().message
                 : "the " + what + " " + Quoted(path.text) + " is no regular file");
  return std::nullopt;
}

const std::string* Reader::Fixture(const Node& path) {
  if (const auto known = fixtures_.find(path.text); known != fixtures_.end()) return &known->second;
  auto content = ContentOf(path, "fixture");
  if (!content) return nullptr;
  return &fixtures_.emplace(path.text, std::move(*content)).first->second;
}

bool Reader::TakeJudge(const Node& path) {
  if (judges_.contains(path.text)) return true;
  auto content = ContentOf(path, "program");
  if (!content) return false;
  // Its mode is not looked at: archives and version control lose it.
  if (!content->starts_with("#!") && !content->starts_with("\x7f"
                                                           "ELF")) {
    Report(path.mark, "no-program", "the program " + Quoted(path.text) + " cannot be run",
           "a script begins with the line #!/usr/bin/env python3, or with that of another "
           "interpreter");
    return false;
  }
  judges_.emplace(path.text, std::move(*content));
  return true;
}

bool Reader::Exists(const Node& path, const std::filesystem::path& relative,
                    const std::string& what) {
  std::error_code error;
  const auto root = std::filesystem::weakly_canonical(folder_, error);
  const auto target = std::filesystem::weakly_canonical(root / relative, error);
  const auto below = std::ranges::mismatch(root, target);
  if (relative.is_absolute() || below.in1 != root.end()) {
    Report(path.mark, "path-outside", Quoted(path.text) + " is outside the exercise's folder",
           "name a file beside exercise.yaml");
    return false;
  }
  if (std::filesystem::exists(target, error)) return true;
  Report(path.mark, "missing-file", "there is no " + what + " " + Quoted(relative.string()),
         "paths begin at the exercise's folder");
  return false;
}

Mark Reader::Within(const Node& node, std::string_view word) const {
  const auto line = static_cast<size_t>(node.mark.line) - 1;
  // Far behind is no longer inside this scalar, or nobody would see it there.
  constexpr size_t kFar = 4096;
  const size_t from = source_.ByteOf(node.mark);
  const size_t found = source_.Line(line).substr(from, kFar).find(word);
  return found == std::string_view::npos ? node.mark : source_.At(line, from + found);
}

IsWord Reader::IsProcessName() const {
  return [known = names](const std::string& word) {
    return known != nullptr && known->all.contains(word);
  };
}

IsWord Reader::IsChannelName() const {
  return [known = names](const std::string& word) {
    return word == "stdin" || word == "terminal" ||
           (known != nullptr && known->Connection(word) != nullptr);
  };
}

}  // namespace plumbline::spec

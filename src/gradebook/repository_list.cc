// SPDX-License-Identifier: MIT
#include "gradebook/repository_list.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.h"
#include "gradebook/csv.h"

namespace plumbline::gradebook {
namespace {

constexpr const char* kForm = "a line is: student,repository or student,repository,branch";

std::unexpected<Error> WrongAt(int line, const std::string& what, std::string hint = kForm) {
  return Fail("line " + std::to_string(line) + ": " + what, std::move(hint));
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool NamesColumns(const Row& row) {
  constexpr std::array<std::string_view, 5> kWords{"repository", "repo", "url", "address", "path"};
  return row.size() >= 2 && std::ranges::find(kWords, row[1]) != kWords.end();
}

bool HasControl(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool IsHash(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// git-check-ref-format(1); what it forbids has a meaning of its own where a name is asked for.
bool IsReference(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.back() == '/' || name.back() == '.') return false;
  if (HasControl(name) || name.find_first_of(" ~^:?*[\\") != std::string_view::npos) return false;
  for (const std::string_view part : {"..", "@{", "//", "/.", ".lock/"}) {
    if (name.contains(part)) return false;
  }
  return name.front() != '.' && !name.ends_with(".lock") && name != "@";
}

Result<std::string> RevisionOf(const Row& row, int line) {
  const std::string name = row.size() > 2 ? std::string(Trimmed(row[2])) : "";
  if (name.empty() || name == "HEAD") return "HEAD";
  if (IsHash(name)) return name;
  if (!IsReference(name))
    return WrongAt(line, "'" + Escaped(name) + "' is no name of a branch",
                   "give a branch, or the 40 digits of a commit");
  return name.starts_with("refs/") ? name : "refs/heads/" + name;
}

Result<Repository> RepositoryOf(const Row& row, int line) {
  if (row.size() > 3) return WrongAt(line, "too many fields");
  Repository one{.student = std::string(Trimmed(row[0])),
                 .address = row.size() > 1 ? std::string(Trimmed(row[1])) : "",
                 .revision = {},
                 .line = line};
  if (one.student.empty()) return WrongAt(line, "there is no student");
  if (one.address.empty())
    return WrongAt(line, "there is no repository of '" + Escaped(one.student) + "'");
  if (HasControl(one.student) || HasControl(one.address))
    return WrongAt(line, "a control character");
  TRY_ASSIGN(one.revision, RevisionOf(row, line));
  return one;
}

}  // namespace

Result<std::vector<Repository>> ParseRepositoryList(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (!IsUtf8(text) || text.contains('\0')) return Fail("it is no text in UTF-8", kForm);
  std::vector<Repository> all;
  std::map<std::string, int> lines;
  int number = 0;
  for (const std::string_view line : Lines(text)) {
    ++number;
    const std::string_view trimmed = Trimmed(line);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    const auto rows = ParseCsv(trimmed);
    if (!rows || rows->size() != 1) return WrongAt(number, "a quote that is not closed, or within");
    if (lines.empty() && NamesColumns(rows->front())) continue;
    TRY_ASSIGN(Repository one, RepositoryOf(rows->front(), number));
    const auto [place, is_new] = lines.emplace(one.student, number);
    if (!is_new)
      return WrongAt(number,
                     "'" + Escaped(one.student) + "' is there already, in line " +
                         std::to_string(place->second),
                     "give each student one repository");
    all.push_back(std::move(one));
  }
  if (all.empty()) return Fail("there is no repository in it", kForm);
  return all;
}

bool IsPath(std::string_view address) {
  const size_t colon = address.find(':');
  return colon == std::string_view::npos || address.find('/') < colon;
}

}  // namespace plumbline::gradebook

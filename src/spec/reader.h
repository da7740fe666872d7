// SPDX-License-Identifier: MIT
// What all types share while one file is read: where mistakes go, what is declared, what was
// mentioned. Lives for one LoadText.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spec/diagnostic.h"
#include "spec/names.h"
#include "spec/node.h"
#include "spec/notation.h"
#include "spec/source.h"

namespace plumbline::spec {

// A file of the language that is larger holds texts that belong in fixtures.
inline constexpr Bytes kLargestFile = MiB(1);

class Reader {
 public:
  // Both outlive the reader.
  Reader(const std::string& source, std::string file, const std::filesystem::path& folder)
      : source_(source), file_(std::move(file)), folder_(folder) {}

  void Report(const Mark& mark, std::string code, std::string message, std::string hint = {});
  void Report(const Mark& mark, const Complaint& complaint);

  void MentionOf(Mention::Kind kind, const std::string& text, const Mark& mark);
  // Each placeholder of a text, at its own place where that can be found.
  void MentionPlaceholders(const Node& node);
  // The same of those with these names.
  void MentionPlaceholders(const Node& node, const std::vector<std::string>& placeholders);
  // The same for a who that stands in `node`: its base word, if it is a name or a program.
  void MentionWho(const Who& who, const Mark& mark);

  // The bytes of a fixture; nothing after a diagnostic. Each file is read once.
  const std::string* Fixture(const Node& path);
  // Takes a program of the exercise's folder that judges; reports what cannot be run.
  bool TakeJudge(const Node& path);
  // A path inside the exercise's folder that exists; reports if it does not.
  bool Exists(const Node& path, const std::filesystem::path& relative, const std::string& what);

  // Where `word` begins inside the scalar `node`; the scalar's own place if it is not seen there.
  Mark Within(const Node& node, std::string_view word) const;

  IsWord IsProcessName() const;
  IsWord IsChannelName() const;

  const std::filesystem::path& folder() const { return folder_; }
  const std::map<std::string, std::string>& fixtures() const { return fixtures_; }
  const std::map<std::string, std::string>& judges() const { return judges_; }
  const Diagnostics& diagnostics() const { return diagnostics_; }
  Diagnostics& mutable_diagnostics() { return diagnostics_; }

  // Set by whoever reads a scenario or a check before its values.
  const Names* names = nullptr;
  Mentions mentions;
  int item = -1;          // goes into each mention
  bool numbered = false;  // {n} has a value here whatever else is said

 private:
  // Of a regular file of the exercise's folder, `what` it is in messages; reports if there is none.
  std::optional<std::string> ContentOf(const Node& path, const std::string& what);

  Source source_;
  std::string file_;
  const std::filesystem::path& folder_;
  Diagnostics diagnostics_;
  std::map<std::string, std::string> fixtures_;
  std::map<std::string, std::string> judges_;
};

}  // namespace plumbline::spec

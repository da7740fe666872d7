// SPDX-License-Identifier: MIT
#include "cli/surroundings.h"

#include <fmt/core.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <system_error>

#include "cli/console.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

Result<std::string> Token() {
  std::array<unsigned char, 20> bytes;
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return ErrnoError("get random numbers");
  std::string token = "plumbline-";
  for (const unsigned char byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

bool IsIn(const fs::path& folder, const fs::path& other) {
  const fs::path seen = folder.lexically_relative(other);
  return !seen.empty() && *seen.begin() != "..";
}

// The repository that the folder is in: GitHub matches paths from its root, wherever in the
// workspace it was checked out to. Without one, the workspace.
fs::path RootOf(const fs::path& folder, const fs::path& workspace) {
  std::error_code ignored;
  for (fs::path at = folder; IsIn(at, workspace); at = at.parent_path()) {
    if (fs::exists(at / ".git", ignored)) return at;
    if (at == at.parent_path()) break;
  }
  return workspace;
}

std::string FolderOf(const fs::path& submission) {
  std::error_code ignored;
  if (submission.empty()) return "";
  const fs::path whole = fs::weakly_canonical(submission, ignored);
  const fs::path folder = fs::is_directory(whole, ignored) ? whole : whole.parent_path();
  const std::string workspace = FromEnvironment("GITHUB_WORKSPACE");
  const fs::path from = fs::weakly_canonical(
      workspace.empty() ? fs::current_path(ignored) : fs::path(workspace), ignored);
  // Elsewhere: nothing that a reader there could find.
  if (!IsIn(folder, from)) return "";
  const fs::path seen = folder.lexically_relative(RootOf(folder, from));
  return seen == "." ? "" : seen.string();
}

std::map<std::string, std::string> Environment() {
  std::map<std::string, std::string> all;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const size_t equals = text.find('=');
    if (equals != std::string_view::npos)
      all.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return all;
}

}  // namespace

Result<report::Around> Surroundings(const fs::path& submission) {
  TRY_ASSIGN(std::string token, Token());
  const auto now = std::chrono::system_clock::now();
  return report::Around{.now = std::chrono::floor<std::chrono::seconds>(now),
                        .token = std::move(token),
                        .folder = FolderOf(submission),
                        .environment = Environment()};
}

}  // namespace plumbline::cli

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

std::string FolderOf(const fs::path& submission) {
  std::error_code ignored;
  if (submission.empty()) return "";
  const fs::path whole = fs::weakly_canonical(submission, ignored);
  const fs::path folder = fs::is_directory(whole, ignored) ? whole : whole.parent_path();
  const std::string workspace = FromEnvironment("GITHUB_WORKSPACE");
  const fs::path from = workspace.empty() ? fs::current_path(ignored) : fs::path(workspace);
  const fs::path seen = folder.lexically_relative(fs::weakly_canonical(from, ignored));
  // Elsewhere: nothing that a reader there could find.
  if (seen.empty() || seen == "." || *seen.begin() == "..") return "";
  return seen.string();
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

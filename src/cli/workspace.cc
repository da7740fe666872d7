// SPDX-License-Identifier: MIT
#include "cli/workspace.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "base/io.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
constexpr size_t kMostFiles = 2000;
constexpr Bytes kMostBytes = MiB(32);

int ModeOf(const fs::directory_entry& entry, std::error_code& error) {
  return static_cast<int>(entry.status(error).permissions()) & 0777;
}

// Nothing: it is of no kind that is copied, or it cannot be read.
std::optional<spec::FileSpec> Copied(const fs::directory_entry& entry, const fs::path& relative) {
  using enum spec::FileSpec::Kind;
  std::error_code error;
  spec::FileSpec file;
  file.path = relative.string();
  if (entry.is_symlink(error)) {
    file.kind = kLink;
    file.target = fs::read_symlink(entry.path(), error).string();
    return error ? std::nullopt : std::optional(std::move(file));
  }
  file.mode = ModeOf(entry, error);
  if (entry.is_directory(error)) {
    file.kind = kDirectory;
  } else if (entry.is_fifo(error)) {
    file.kind = kFifo;
  } else if (entry.is_regular_file(error)) {
    Result<std::string> content = ReadFile(entry.path(), kMostBytes);
    if (!content) return std::nullopt;
    file.text.pieces.push_back({.kind = spec::TextPiece::Kind::kRaw, .text = *std::move(content)});
  } else {
    return std::nullopt;
  }
  return file;
}

uint64_t SizeOf(const fs::directory_entry& entry) {
  std::error_code error;
  return !entry.is_symlink(error) && entry.is_regular_file(error) ? entry.file_size(error) : 0;
}

Workspace TooBig(const fs::path& folder) {
  return {.files = {},
          .note = folder.string() + " is too big to be copied into the sandbox (" +
                  std::to_string(kMostFiles) +
                  " files, 32 MiB): the program starts in an empty folder"};
}

}  // namespace

bool Workspace::Has(const fs::path& path) const {
  return std::ranges::any_of(files, [&](const spec::FileSpec& file) {
    return file.kind == spec::FileSpec::Kind::kFile && file.path == path.string();
  });
}

Workspace CopyOf(const fs::path& folder) {
  Workspace workspace;
  uint64_t bytes = 0;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    if (it->path().filename().native().starts_with('.')) {
      it.disable_recursion_pending();
      continue;
    }
    bytes += SizeOf(*it);
    if (bytes > kMostBytes.count || workspace.files.size() == kMostFiles) return TooBig(folder);
    if (auto file = Copied(*it, it->path().lexically_relative(folder)))
      workspace.files.push_back(*std::move(file));
  }
  return workspace;
}

}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
#include "cli/private_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>
#include <vector>

#include "base/io.h"
#include "cli/console.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = ".plumbline-private-";
// Says that a folder of such a name is ours indeed, and that nobody will miss it.
constexpr const char* kMark = "left-by-plumbline-remove-me";
// Who looks for left ones may take one that is not locked yet: another is made then.
constexpr int kTries = 100;

fs::path Above() {
  const std::string chosen = FromEnvironment("TMPDIR");
  return chosen.empty() ? "/tmp" : chosen;
}

UniqueFd OpenFolder(const fs::path& path) {
  return UniqueFd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool IsOurs(int fd) {
  struct stat info{};
  return ::fstat(fd, &info) == 0 && info.st_uid == ::geteuid();
}

bool IsThere(int fd) {
  struct stat info{};
  return ::fstat(fd, &info) == 0 && info.st_nlink > 0;
}

// Who was killed between the two has left an empty one.
bool IsMarked(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(fs::symlink_status(path / kMark, error)) ||
         (fs::is_empty(path, error) && !error);
}

std::vector<fs::path> FoldersIn(const fs::path& above) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator it(above, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().native().starts_with(kPrefix)) found.push_back(it->path());
  }
  return found;
}

}  // namespace

void PrivateFolder::RemoveLeft() {
  for (const fs::path& path : FoldersIn(Above())) {
    const UniqueFd folder = OpenFolder(path);
    if (!folder || !IsOurs(folder.get()) || ::flock(folder.get(), LOCK_EX | LOCK_NB) < 0) continue;
    if (!IsMarked(path)) continue;
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
}

Result<PrivateFolder> PrivateFolder::Make() {
  std::error_code error;
  const fs::path above = fs::canonical(Above(), error);
  if (error) return Fail(Above().string() + ": there is no such folder", "TMPDIR must name one");
  for (int i = 0; i < kTries; ++i) {
    std::string name = (above / (std::string(kPrefix) + "XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr)
      return ErrnoError("make a folder in " + above.string() + " (TMPDIR names another)");
    UniqueFd lock = OpenFolder(name);
    if (!lock || ::flock(lock.get(), LOCK_EX | LOCK_NB) < 0 || !IsThere(lock.get())) continue;
    PrivateFolder folder(name, std::move(lock));
    TRY(WriteFileAtomically(folder.path_ / kMark, ""));
    if (!fs::create_directory(folder.path(), error))
      return ErrnoError("make a folder in " + name, error.value());
    return folder;
  }
  return Fail("make a folder in " + above.string() + ": somebody removes them",
              "TMPDIR names another");
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace plumbline::cli

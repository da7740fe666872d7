// SPDX-License-Identifier: MIT
// A folder of a stranger, read without following anything: each name is opened below its folder's
// descriptor, and what was opened is looked at, not what the name stood for a moment before.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <initializer_list>
#include <memory>
#include <set>
#include <string_view>

#include "base/file_name.h"
#include "base/io.h"
#include "build/archive.h"
#include "build/build.h"
#include "build/collecting.h"

namespace plumbline::build {
namespace {

std::string Joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

// A built program, or a core: elf(5).
bool IsElf(int fd) {
  std::array<char, 4> magic{};
  return ::pread(fd, magic.data(), magic.size(), 0) == 4 &&
         std::string_view(magic.data(), magic.size()) == "\177ELF";
}

std::unexpected<Error> RefusedKind(const std::string& path, mode_t mode) {
  if (S_ISFIFO(mode))
    return Refused(path, "a named pipe, not a file", "remove it: a program may have left it there");
  if (S_ISSOCK(mode))
    return Refused(path, "a socket, not a file", "remove it: a program may have left it there");
  return Refused(path, "a device, not a file", "give files and folders only");
}

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

class SubmissionReader {
 public:
  // `path`, for messages, is the folder's.
  Status ReadFolder(UniqueFd fd, const std::string& path, const std::string& prefix, int depth) {
    const Directory directory(::fdopendir(fd.get()));
    if (!directory) return ErrnoError(path);
    (void)fd.Release();
    TRY_ASSIGN(const std::set<std::string> names, NamesIn(directory.get(), path));
    for (const std::string& name : names) {
      if (IsLeftOut(name)) continue;
      TRY(ReadEntry(::dirfd(directory.get()), name, Joined({path, "/", name}),
                    Joined({prefix, name}), depth));
    }
    return {};
  }

  Status ReadEntry(int folder, const std::string& name, const std::string& path,
                   const std::string& inside, int depth) {
    TRY(Collecting::CheckName(path, inside));
    // O_NONBLOCK: opening a FIFO must not hang the grader.
    UniqueFd fd(
        ::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (!fd && errno == ELOOP)
      return Refused(path, "a symbolic link", "put the file itself in its place");
    // open(2): of a socket, and of a device without a driver.
    if (!fd && (errno == ENXIO || errno == ENODEV))
      return Refused(path, "a socket or a device, not a file",
                     "remove it: a program may have left it there");
    if (!fd) return ErrnoError(path);
    struct stat info{};
    if (::fstat(fd.get(), &info) < 0) return ErrnoError(path);
    if (S_ISREG(info.st_mode)) return TakeFile(fd.get(), path, inside, info);
    if (!S_ISDIR(info.st_mode)) return RefusedKind(path, info.st_mode);
    if (depth == kDeepest)
      return Refused(path, "too many folders inside one another", kWhichFolder);
    return ReadFolder(std::move(fd), path, inside + "/", depth + 1);
  }

  Submission Finish() && { return std::move(collected_).Finish(); }

 private:
  Result<std::set<std::string>> NamesIn(DIR* directory, const std::string& path) {
    std::set<std::string> names;
    while (const dirent* entry = ::readdir(directory)) {
      if (++entries_ > kMostEntries)
        return Refused(path, "more than " + std::to_string(kMostEntries) + " files", kWhichFolder);
      names.emplace(entry->d_name);
    }
    return names;
  }

  Status TakeFile(int fd, const std::string& path, const std::string& inside,
                  const struct stat& info) {
    if (IsElf(fd)) return {};
    auto content = ReadAll(fd, kMostInFile);
    if (!content)
      return Refused(path, content.error().message, "a source file is smaller: is it one?");
    return collected_.Take(path, {inside, *std::move(content), (info.st_mode & S_IXUSR) != 0});
  }

  Collecting collected_;
  size_t entries_ = 0;
};

}  // namespace

Result<Submission> ReadSubmission(const std::filesystem::path& path) {
  // The one name that the user gave may be a link.
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd) return ErrnoError(path.string());
  struct stat info{};
  if (::fstat(fd.get(), &info) < 0) return ErrnoError(path.string());
  if (S_ISREG(info.st_mode) && !ArchiveEnding(path.string()).empty()) return ReadArchive(path);
  SubmissionReader reader;
  if (S_ISDIR(info.st_mode)) {
    TRY(reader.ReadFolder(std::move(fd), path.string(), "", 0));
  } else {
    const std::filesystem::path file = std::filesystem::canonical(path);
    const UniqueFd folder(::open(file.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return ErrnoError(path.string());
    // Its name is the one that was given: the link's, where it is one.
    TRY(reader.ReadEntry(folder.get(), file.filename(), path.string(), path.filename(), 0));
  }
  return std::move(reader).Finish();
}

}  // namespace plumbline::build

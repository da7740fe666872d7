// SPDX-License-Identifier: MIT
#include "build/unpacking.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/file_name.h"
#include "base/io.h"
#include "base/unique_fd.h"
#include "build/archive_reading.h"
#include "build/collecting.h"

namespace plumbline::build {
namespace {

namespace fs = std::filesystem;
using Parts = std::vector<std::string>;

constexpr const char* kUnpackYourself = "unpack it and give the folder, or pack it again";
// One byte more than a submission may have, so that its reading refuses what was longer.
constexpr Bytes kMostOfSource{kMostInFile.count + 1};
// The archive of one student unpacks to less, or is refused for it.
constexpr Bytes kMostOfArchive{MiB(64).count + 1};
// A folder of the class, one of the student, one of the exercise.
constexpr size_t kDeepestOfClass = static_cast<size_t>(kDeepest) + 4;
constexpr const char* kNowhere = "/dev/null/a-link-of-the-archive";

bool IsNotKept(const Parts& parts) {
  return parts.front() == kMacFolder || std::ranges::any_of(parts, IsLeftOut);
}

class Unpacking {
 public:
  Unpacking(fs::path archive, UniqueFd folder, const UnpackingLimits& limits)
      : archive_(std::move(archive)), folder_(std::move(folder)), limits_(limits) {}

  // Whether there is more to come.
  Result<bool> Take(const Said& said) {
    if (said.what == ArchiveSays::kContent) {
      TRY(Write(said.text));
      return true;
    }
    TRY(EndFile());
    switch (said.what) {
      case ArchiveSays::kEnd:
        if (entries_ == 0)
          return Refused(archive_, "there is nothing in it", "pack the students' folders");
        return false;
      case ArchiveSays::kLocked:
        return Refused(Shown(said.text), "it is behind a password", "pack it without one");
      case ArchiveSays::kDamaged:
        return Refused(archive_, "the archive cannot be read: " + said.text,
                       "give a folder, a whole archive (zip, tar, 7z), or a list of repositories "
                       "(.txt or .csv)");
      default:
        TRY(TakeEntry(said));
        return true;
    }
  }

 private:
  struct File {
    UniqueFd fd;
    int64_t changed = 0;
    Bytes most;
    uint64_t size = 0;
  };

  std::string Shown(const std::string& name) const { return archive_.string() + "/" + name; }

  Status TakeEntry(const Said& said) {
    if (++entries_ > limits_.entries)
      return Refused(archive_, "more than " + std::to_string(limits_.entries) + " files",
                     kUnpackYourself);
    auto parts = PartsWithin(said.text);
    const bool is_folder = said.what == ArchiveSays::kFolder;
    if (!parts || (parts->empty() && !is_folder))
      return Refused(Shown(said.text), "a name that leads out of the archive", kUnpackYourself);
    if (parts->empty() || IsNotKept(*parts)) return {};
    const bool is_cut = parts->size() > kDeepestOfClass;
    if (is_cut) parts->resize(kDeepestOfClass);
    std::string name;
    if (!is_folder && !is_cut) {
      name = std::move(parts->back());
      parts->pop_back();
    }
    TRY_ASSIGN(const int folder, Enter(*parts, said.text));
    if (name.empty() || folder < 0) return {};
    return Make(said, folder, name);
  }

  // The folder, made if need be; -1 if it would be one behind a link of the archive.
  Result<int> Enter(const Parts& parts, const std::string& shown) {
    if (inner_ && parts == entered_) return inner_.get();
    UniqueFd at(::openat(folder_.get(), ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!at) return ErrnoError(Shown(shown));
    for (const std::string& part : parts) {
      if (::mkdirat(at.get(), part.c_str(), 0700) < 0 && errno != EEXIST) return Failed(shown);
      UniqueFd next(
          ::openat(at.get(), part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!next && errno == ENOTDIR) return NoFolder(at.get(), part, shown);
      if (!next) return ErrnoError(Shown(shown));
      at = std::move(next);
    }
    inner_ = std::move(at);
    entered_ = parts;
    return inner_.get();
  }

  Result<int> NoFolder(int above, const std::string& part, const std::string& shown) {
    struct stat info{};
    if (::fstatat(above, part.c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0)
      return ErrnoError(Shown(shown));
    if (S_ISREG(info.st_mode)) return TwoOfThatName(shown);
    return -1;
  }

  Status Make(const Said& said, int folder, const std::string& name) {
    if (said.what == ArchiveSays::kFile) return BeginFile(said, folder, name);
    const bool made = said.what == ArchiveSays::kLink
                          ? ::symlinkat(kNowhere, folder, name.c_str()) == 0
                          : ::mknodat(folder, name.c_str(), S_IFSOCK | 0600, 0) == 0;
    if (!made) return Failed(said.text);
    return {};
  }

  Status BeginFile(const Said& said, int folder, const std::string& name) {
    UniqueFd fd(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                         said.executable ? 0700 : 0600));
    if (!fd) return Failed(said.text);
    file_ = {.fd = std::move(fd),
             .changed = said.changed,
             .most = ArchiveEnding(name).empty() ? kMostOfSource : kMostOfArchive,
             .size = 0};
    return {};
  }

  Status Write(std::string_view bytes) {
    if (!file_.fd) return {};
    bytes = bytes.substr(0, file_.most.count - file_.size);
    file_.size += bytes.size();
    size_ += bytes.size();
    if (size_ > limits_.all.count)
      return Refused(archive_, "it unpacks to more than " + ToString(limits_.all), kUnpackYourself);
    const Status written = WriteAll(file_.fd.get(), bytes);
    if (!written)
      return ErrnoError("unpack " + archive_.string() + " (TMPDIR says where to)",
                        written.error().code);
    return {};
  }

  Status EndFile() {
    if (!file_.fd) return {};
    const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, timespec{file_.changed, 0}};
    const bool kept = file_.changed <= 0 || ::futimens(file_.fd.get(), times.data()) == 0;
    file_.fd.Reset();
    if (!kept) return ErrnoError("unpack " + archive_.string());
    return {};
  }

  std::unexpected<Error> TwoOfThatName(const std::string& shown) const {
    return Refused(Shown(shown), "the archive has two files of that name", kUnpackYourself);
  }

  std::unexpected<Error> Failed(const std::string& shown) const {
    if (errno == EEXIST) return TwoOfThatName(shown);
    if (errno == ENAMETOOLONG) return Refused(Shown(shown), "a name that is too long", "rename it");
    return ErrnoError("unpack " + Shown(shown) + " (TMPDIR says where to)");
  }

  fs::path archive_;
  UniqueFd folder_;
  const UnpackingLimits& limits_;
  Parts entered_;
  UniqueFd inner_;  // the folder of that name
  File file_;       // under way
  size_t entries_ = 0;
  uint64_t size_ = 0;
};

}  // namespace

Status Unpack(const fs::path& archive, const fs::path& folder, const UnpackingLimits& limits,
              const std::function<bool()>& goes_on) {
  UniqueFd into(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!into) return ErrnoError(folder.string());
  TRY_ASSIGN(const ArchiveReading reading,
             ArchiveReading::Start(archive, {.processor_seconds = limits.processor_seconds,
                                             .most_of_file = kMostOfArchive}));
  Unpacking unpacking(archive, std::move(into), limits);
  while (goes_on()) {
    const auto said = reading.Next();
    if (!said) return Refused(archive, "it takes too much to unpack", kUnpackYourself);
    TRY_ASSIGN(const bool more, unpacking.Take(*said));
    if (!more) return {};
  }
  return Fail(archive.string() + ": its unpacking was interrupted");
}

}  // namespace plumbline::build

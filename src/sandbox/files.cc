// SPDX-License-Identifier: MIT
#include "sandbox/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <memory>
#include <optional>
#include <sstream>

#include "base/io.h"
#include "sandbox/sockets.h"

namespace plumbline::sandbox {
namespace {

// A tree deeper than this is cut: each level needs a descriptor while it is read.
constexpr int kDeepest = 48;

int OpenWithoutLinks(int directory, const std::string& path, int flags, mode_t mode = 0) {
  open_how how{};
  how.flags = static_cast<uint64_t>(flags | O_CLOEXEC);
  how.mode = mode;
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how));
}

mode_t ModeOf(const FileToMake& file) { return static_cast<mode_t>(file.mode) & 07777; }

Status MakeRegular(const Files::Place& place, const FileToMake& file) {
  const UniqueFd fd(OpenWithoutLinks(place.directory.get(), place.name,
                                     O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK, ModeOf(file)));
  if (!fd) return ErrnoError("create " + file.path);
  TRY(WriteAll(fd.get(), file.content));
  // Exact also where the file was there before.
  if (::fchmod(fd.get(), ModeOf(file)) < 0) return ErrnoError("chmod " + file.path);
  return {};
}

// A socket file that nobody listens on any more, as a crashed server leaves it.
Status MakeStaleSocket(const Files::Place& place, const FileToMake& file) {
  const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return ErrnoError("socket");
  TRY(BindUnix(socket.get(), place));
  if (::fchmodat(place.directory.get(), place.name.c_str(), ModeOf(file), 0) < 0)
    return ErrnoError("chmod " + file.path);
  return {};
}

FileEntry::Kind KindOf(mode_t mode) {
  if (S_ISREG(mode)) return FileEntry::Kind::kFile;
  if (S_ISDIR(mode)) return FileEntry::Kind::kDirectory;
  if (S_ISFIFO(mode)) return FileEntry::Kind::kFifo;
  if (S_ISSOCK(mode)) return FileEntry::Kind::kSocket;
  if (S_ISLNK(mode)) return FileEntry::Kind::kLink;
  return FileEntry::Kind::kDevice;
}

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

std::vector<std::string> NamesIn(DIR* directory) {
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::ranges::sort(names);
  return names;
}

class TreeReader {
 public:
  TreeReader(bool with_content, Bytes most_content, int most_entries, bool as_owner)
      : with_content_(with_content),
        as_owner_(as_owner),
        left_(most_content.count),
        entries_left_(most_entries) {}

  // `fd` is a directory's; `prefix` is "" or ends in '/'.
  void Read(UniqueFd fd, const std::string& prefix, int depth) {
    const Directory directory(::fdopendir(fd.get()));
    if (directory == nullptr) return;
    (void)fd.Release();
    const int parent = ::dirfd(directory.get());
    for (const std::string& name : NamesIn(directory.get())) {
      if (entries_left_ == 0) {
        tree_.cut = true;
        return;
      }
      ReadEntry(parent, name, prefix + name, depth);
    }
  }

  Tree Finish() && {
    // A directory's entries stand behind it, but "a-b" sorts before "a/b".
    std::ranges::sort(tree_.entries, {}, &FileEntry::path);
    return std::move(tree_);
  }

 private:
  void ReadEntry(int parent, const std::string& name, const std::string& path, int depth) {
    struct stat info{};
    if (::fstatat(parent, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0) return;
    --entries_left_;
    FileEntry entry{.path = path,
                    .kind = KindOf(info.st_mode),
                    .mode = info.st_mode & 07777,
                    .size = static_cast<uint64_t>(info.st_size)};
    const bool descend = entry.kind == FileEntry::Kind::kDirectory;
    const bool has_content = entry.kind == FileEntry::Kind::kFile && with_content_;
    std::optional<OpenedToOwner> opened;
    if (as_owner_ && (descend || has_content)) opened.emplace(parent, name);
    if (has_content) ReadContent(parent, name, entry);
    if (entry.kind == FileEntry::Kind::kLink) {
      std::array<char, PATH_MAX> target{};
      if (::readlinkat(parent, name.c_str(), target.data(), target.size() - 1) > 0)
        entry.target = target.data();
    }
    tree_.entries.push_back(std::move(entry));
    if (!descend) return;
    UniqueFd directory(
        ::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (depth == kDeepest) tree_.cut = true;
    if (directory && depth < kDeepest) Read(std::move(directory), path + "/", depth + 1);
  }

  void ReadContent(int parent, const std::string& name, FileEntry& entry) {
    // O_NONBLOCK: the name may have become a FIFO since it was looked at.
    const UniqueFd fd(
        ::openat(parent, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat info{};
    if (!fd || ::fstat(fd.get(), &info) < 0 || !S_ISREG(info.st_mode)) return;
    const uint64_t wanted = std::min(static_cast<uint64_t>(info.st_size), left_);
    entry.content.resize(wanted);
    size_t done = 0;
    while (done < wanted) {
      const ssize_t count = ::read(fd.get(), entry.content.data() + done, wanted - done);
      if (count <= 0) break;
      done += static_cast<size_t>(count);
    }
    entry.content.resize(done);
    entry.cut = static_cast<uint64_t>(info.st_size) > done;
    left_ -= done;
  }

  bool with_content_;
  bool as_owner_;
  uint64_t left_;
  int entries_left_;
  Tree tree_;
};

// /proc/sysvipc/NAME: a heading, then a line an object: key, identifier, ...
void ListSystemV(const char* path, const char* kind, std::vector<IpcObject>& objects) {
  std::istringstream lines(ReadProc(path));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    long key = 0;
    long id = 0;
    if (fields >> key >> id)
      objects.push_back({kind, "id " + std::to_string(id) + ", key " + std::to_string(key)});
  }
}

std::string OwnDescriptor(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

template <typename Name>
void ListDirectory(const char* path, std::vector<IpcObject>& objects, Name object_of) {
  const Directory directory(::opendir(path));
  if (directory == nullptr) return;
  for (const std::string& name : NamesIn(directory.get())) objects.push_back(object_of(name));
}

}  // namespace

OpenedToOwner::OpenedToOwner(int parent, const std::string& name) {
  UniqueFd node(::openat(parent, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat info{};
  if (!node || ::fstat(node.get(), &info) < 0) return;
  if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode)) return;
  mode_ = info.st_mode & 07777;
  const mode_t needed = S_ISDIR(info.st_mode) ? S_IRUSR | S_IXUSR : S_IRUSR;
  if ((mode_ & needed) == needed) return;
  // fchmod(2) does not take O_PATH.
  if (::chmod(OwnDescriptor(node.get()).c_str(), mode_ | needed) == 0) node_ = std::move(node);
}

OpenedToOwner::~OpenedToOwner() {
  if (node_) ::chmod(OwnDescriptor(node_.get()).c_str(), mode_);
}

UniqueFd Files::OpenRoot() { return UniqueFd(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)); }

Files::Files(UniqueFd writable_program, UniqueFd root, std::string base)
    : root_(std::move(root)), base_(std::move(base)), program_(std::move(writable_program)) {}

Result<UniqueFd> Files::OpenDirectory(const std::string& path) {
  TRY_ASSIGN(const Place place, Locate(path, false));
  UniqueFd directory(OpenWithoutLinks(place.directory.get(), place.name, O_RDONLY | O_DIRECTORY));
  if (!directory) return ErrnoError("open " + path);
  return directory;
}

std::vector<OpenedToOwner> Files::OpenWay(const std::string& path) const {
  std::vector<OpenedToOwner> way;
  if (!is_owner()) return way;
  UniqueFd at(::fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
  std::istringstream names(path);
  for (std::string name; std::getline(names, name, '/') && at;) {
    if (name.empty() || name == "." || name == "..") continue;
    way.emplace_back(at.get(), name);
    at = UniqueFd(OpenWithoutLinks(at.get(), name, O_PATH | O_DIRECTORY));
  }
  return way;
}

Result<Files::Place> Files::Locate(const std::string& path, bool make_parents) {
  constexpr std::string_view kProgram = "/program/";
  const bool in_program = path.starts_with(kProgram);
  std::string_view rest = path;
  rest.remove_prefix(in_program ? kProgram.size() : 1);
  Place place{UniqueFd(::fcntl(in_program ? program_.get() : root_.get(), F_DUPFD_CLOEXEC, 0)),
              {},
              path,
              base_ + path};
  if (!path.starts_with('/') || rest.empty()) return Fail("not a path to a file: " + path);
  while (true) {
    const size_t slash = rest.find('/');
    const std::string name(rest.substr(0, slash));
    // It would lead out of a root that is an ordinary folder.
    if (name == "..") return Fail("a path goes upwards: " + path);
    if (slash == std::string_view::npos) {
      place.name = name;
      return place;
    }
    rest.remove_prefix(slash + 1);
    if (name.empty() || name == ".") continue;
    if (make_parents && ::mkdirat(place.directory.get(), name.c_str(), 0755) < 0 &&
        errno != EEXIST && errno != EROFS)
      return ErrnoError("mkdir for " + path);
    place.directory = UniqueFd(OpenWithoutLinks(place.directory.get(), name, O_PATH | O_DIRECTORY));
    if (!place.directory) return ErrnoError(path);
  }
}

Status Files::Make(const FileToMake& file) {
  TRY_ASSIGN(const Place place, Locate(file.path, true));
  const int directory = place.directory.get();
  const char* name = place.name.c_str();
  switch (file.kind) {
    case FileToMake::Kind::kFile:
      return MakeRegular(place, file);
    case FileToMake::Kind::kFifo:
      if (::mkfifoat(directory, name, ModeOf(file)) < 0) return ErrnoError("mkfifo " + file.path);
      return {};
    case FileToMake::Kind::kDirectory:
      if (::mkdirat(directory, name, ModeOf(file)) < 0) return ErrnoError("mkdir " + file.path);
      return {};
    case FileToMake::Kind::kSocket:
      return MakeStaleSocket(place, file);
    case FileToMake::Kind::kLink:
      if (::symlinkat(file.target.c_str(), directory, name) < 0)
        return ErrnoError("symlink " + file.path);
      return {};
  }
  return Fail("no such kind of file");
}

Status Files::Change(const std::string& path, Sandbox::Change change, std::string_view content) {
  TRY_ASSIGN(const Place place, Locate(path, false));
  const int directory = place.directory.get();
  if (change == Sandbox::Change::kRemove) {
    if (::unlinkat(directory, place.name.c_str(), 0) < 0) return ErrnoError("remove " + path);
    return {};
  }
  struct stat info{};
  if (::fstatat(directory, place.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0)
    return ErrnoError(path);
  if (!S_ISREG(info.st_mode))
    return std::unexpected(Error{path + ": not a regular file", {}, EINVAL});
  if (change == Sandbox::Change::kReplace) {
    const Place beside{UniqueFd(::fcntl(directory, F_DUPFD_CLOEXEC, 0)), place.name + ".new", path};
    const FileToMake file{
        .path = path, .content = content, .mode = static_cast<int>(info.st_mode & 07777)};
    TRY(MakeRegular(beside, file));
    if (::renameat(directory, beside.name.c_str(), directory, place.name.c_str()) < 0)
      return ErrnoError("rename to " + path);
    return {};
  }
  const int how = change == Sandbox::Change::kAppend ? O_APPEND : O_TRUNC;
  const UniqueFd fd(OpenWithoutLinks(directory, place.name, O_WRONLY | O_NONBLOCK | how));
  if (!fd) return ErrnoError("open " + path);
  return WriteAll(fd.get(), content);
}

Result<Tree> ReadTreeAt(UniqueFd directory, bool with_content, Bytes most_content, int most_entries,
                        bool as_owner) {
  TreeReader reader(with_content, most_content, most_entries, as_owner);
  reader.Read(std::move(directory), "", 0);
  return std::move(reader).Finish();
}

std::vector<IpcObject> ListIpcObjects() {
  std::vector<IpcObject> objects;
  ListSystemV("/proc/sysvipc/shm", "shared memory", objects);
  ListSystemV("/proc/sysvipc/sem", "semaphore", objects);
  ListSystemV("/proc/sysvipc/msg", "message queue", objects);
  // sem_overview(7): the semaphore /name is the file sem.name.
  ListDirectory("/dev/shm", objects, [](const std::string& name) {
    return name.starts_with("sem.") ? IpcObject{"semaphore", "/" + name.substr(4)}
                                    : IpcObject{"shared memory", "/" + name};
  });
  ListDirectory("/dev/mqueue", objects,
                [](const std::string& name) { return IpcObject{"message queue", "/" + name}; });
  return objects;
}

}  // namespace plumbline::sandbox

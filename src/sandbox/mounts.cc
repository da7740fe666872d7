// SPDX-License-Identifier: MIT
#include "sandbox/mounts.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

#include "base/io.h"
#include "sandbox/etc.h"
#include "sandbox/namespaces.h"

namespace plumbline::sandbox {
namespace {

constexpr unsigned long kPlain = MS_NOSUID | MS_NODEV;
constexpr char kWritableSize[] = "size=128m,nr_inodes=16k,mode=0755";

struct Directory {
  const char* path;
  mode_t mode;
};
constexpr Directory kDirectories[] = {
    {"usr", 0755},     {"etc", 0755},        {"dev", 0755},  {"dev/pts", 0755},
    {"dev/shm", 0755}, {"dev/mqueue", 0755}, {"proc", 0755}, {"lab", 0755},
    {"tmp", 0755},     {"program", 0755},    {"var", 0755},  {"run", 0755},
};

struct Link {
  const char* path;
  const char* target;
};
constexpr Link kLinks[] = {
    {"dev/ptmx", "pts/ptmx"},
    {"dev/fd", "/proc/self/fd"},
    {"dev/stdin", "/proc/self/fd/0"},
    {"dev/stdout", "/proc/self/fd/1"},
    {"dev/stderr", "/proc/self/fd/2"},
    {"var/tmp", "/tmp"},
    {"var/run", "/run"},
    {"etc/mtab", "/proc/mounts"},
};

// Links into /usr where the system has merged them, else directories of their own.
constexpr const char* kSystem[] = {"bin", "sbin", "lib", "lib64", "lib32", "libx32"};

constexpr const char* kDevices[] = {"null", "zero", "full", "random", "urandom", "tty"};

Status MakeFile(const char* path, std::string_view content) {
  const UniqueFd fd(::open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!fd) return ErrnoError(std::string("create ") + path);
  return WriteAll(fd.get(), content);
}

Status SetAttributes(int fd, const char* path, unsigned flags, uint64_t attributes) {
  mount_attr wanted{};
  wanted.attr_set = attributes;
  if (::mount_setattr(fd, path, flags, &wanted, sizeof wanted) < 0)
    return ErrnoError(std::string("mount_setattr ") + path);
  return {};
}

Status Move(int tree, const char* to) {
  if (::move_mount(tree, "", AT_FDCWD, to, MOVE_MOUNT_F_EMPTY_PATH) < 0)
    return ErrnoError(std::string("move_mount to ") + to);
  return {};
}

// A clone with its attributes set while it is still detached: no moment at which it is writable,
// and no flags that a remount would find locked.
Status BindReadOnly(const char* from, const char* to, uint64_t attributes) {
  const UniqueFd tree(
      ::open_tree(AT_FDCWD, from, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
  if (!tree) return ErrnoError(std::string("open_tree ") + from);
  TRY(SetAttributes(tree.get(), "", AT_EMPTY_PATH | AT_RECURSIVE, MOUNT_ATTR_RDONLY | attributes));
  return Move(tree.get(), to);
}

Status Mount(const char* type, const char* to, unsigned long flags, const char* options = nullptr) {
  if (::mount(type, to, type, flags, options) < 0)
    return ErrnoError(std::string("mount ") + type + " on " + to);
  return {};
}

Status MakeSkeleton() {
  for (const auto& [path, mode] : kDirectories) {
    if (::mkdir(path, mode) < 0) return ErrnoError(std::string("mkdir ") + path);
  }
  for (const auto& [path, target] : kLinks) {
    if (::symlink(target, path) < 0) return ErrnoError(std::string("symlink ") + path);
  }
  for (const auto& [name, content] : EtcFiles(kStudent, kStudent, "/lab"))
    TRY(MakeFile(("etc/" + std::string(name)).c_str(), content));
  return {};
}

Status MountSystem() {
  constexpr uint64_t kAttributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
  TRY(BindReadOnly("/usr", "usr", kAttributes));
  for (const char* name : kSystem) {
    const std::string outside = std::string("/") + name;
    std::array<char, PATH_MAX> target{};
    if (::readlink(outside.c_str(), target.data(), target.size() - 1) > 0) {
      if (::symlink(target.data(), name) < 0) return ErrnoError("symlink " + outside);
    } else if (errno == EINVAL) {
      if (::mkdir(name, 0755) < 0) return ErrnoError("mkdir " + outside);
      TRY(BindReadOnly(outside.c_str(), name, kAttributes));
    }
  }
  return {};
}

Status MountShared() {
  for (const char* name : EtcOfMachine()) {
    const std::string inside = std::string("etc/") + name;
    const std::string outside = "/" + inside;
    const char* const path = inside.c_str();
    struct stat info{};
    if (::stat(outside.c_str(), &info) < 0) continue;
    if (S_ISDIR(info.st_mode)) {
      if (::mkdir(path, 0755) < 0) return ErrnoError("mkdir " + outside);
    } else {
      TRY(MakeFile(path, ""));
    }
    TRY(BindReadOnly(outside.c_str(), path, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV));
  }
  return {};
}

Status MountDevices() {
  for (const char* name : kDevices) {
    const std::string inside = std::string("dev/") + name;
    TRY(MakeFile(inside.c_str(), ""));
    // Read-only concerns the node (its mode, its times); what is written to the device goes
    // through.
    TRY(BindReadOnly(("/" + inside).c_str(), inside.c_str(),
                     MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC));
  }
  return {};
}

// One file system behind /lab, /tmp and /dev/shm, so that one size bounds them together.
Status MountWritable() {
  TRY(Mount("tmpfs", "lab", kPlain, kWritableSize));
  struct Part {
    const char* directory;
    mode_t mode;
    const char* mount_point;
  };
  constexpr Part kParts[] = {
      {"lab/tmp", 01777, "tmp"}, {"lab/shm", 01777, "dev/shm"}, {"lab/lab", 0755, "lab"}};
  for (const auto& [directory, mode, mount_point] : kParts) {
    if (::mkdir(directory, mode) < 0) return ErrnoError(std::string("mkdir ") + directory);
    const UniqueFd tree(::open_tree(AT_FDCWD, directory, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
    if (!tree) return ErrnoError(std::string("open_tree ") + directory);
    TRY(Move(tree.get(), mount_point));
  }
  return {};
}

// The mount that programs see is read-only; a second one, attached nowhere, is not, and only init
// has it.
Result<UniqueFd> MountProgram() {
  TRY(Mount("tmpfs", "program", kPlain, "size=256m,nr_inodes=16k,mode=0755"));
  UniqueFd writable(::open_tree(AT_FDCWD, "program", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
  if (!writable) return ErrnoError("open_tree program");
  TRY(SetAttributes(AT_FDCWD, "program", 0, MOUNT_ATTR_RDONLY));
  return writable;
}

// A path that is not visible inside needs no mask.
Status Hide(const std::string& path) {
  struct stat info{};
  const std::string inside = path.starts_with('/') ? path.substr(1) : path;
  if (::stat(inside.c_str(), &info) < 0) return {};
  if (S_ISDIR(info.st_mode))
    return Mount("tmpfs", inside.c_str(), kPlain | MS_RDONLY, "size=0,nr_inodes=1,mode=0755");
  return BindReadOnly("/dev/null", inside.c_str(), MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
}

Status MountProc() {
  Status mounted = Mount("proc", "proc", kPlain | MS_NOEXEC);
  if (!mounted) mounted.error().hint = "a container that masks parts of /proc does not allow this";
  return mounted;
}

}  // namespace

Status BuildCommonRoot() {
  ::umask(0);
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
    return ErrnoError("make mounts private");
  // /tmp exists everywhere; here, in this mount namespace only, the new root covers it.
  TRY(Mount("tmpfs", "/tmp", kPlain, "size=1m,nr_inodes=256,mode=0755"));
  if (::chdir("/tmp") < 0) return ErrnoError("chdir to the new root");
  TRY(MakeSkeleton());
  TRY(MountSystem());
  TRY(MountShared());
  return MountDevices();
}

// pivot_root(2), NOTES: with "." for both, the old root lies on top and is taken away.
Status EnterRoot() {
  if (::syscall(SYS_pivot_root, ".", ".") < 0) return ErrnoError("pivot_root");
  if (::umount2(".", MNT_DETACH) < 0) return ErrnoError("umount the old root");
  if (::chdir("/") < 0) return ErrnoError("chdir /");
  return SetAttributes(AT_FDCWD, "/", 0, MOUNT_ATTR_RDONLY);
}

Result<Root> MountOwn(const std::vector<std::string>& hidden_paths) {
  ::umask(0);
  TRY(Mount("devpts", "dev/pts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620"));
  TRY(Mount("mqueue", "dev/mqueue", kPlain | MS_NOEXEC));
  TRY(MountWritable());
  Root root;
  TRY_ASSIGN(root.program, MountProgram());
  TRY(MountProc());
  for (const std::string& path : hidden_paths) TRY(Hide(path));
  return root;
}

Status LimitDisk(Bytes size) {
  const std::string options = "size=" + std::to_string(size.count);
  if (::mount(nullptr, "/lab", nullptr, MS_REMOUNT | kPlain, options.c_str()) < 0)
    return ErrnoError("limit the size of /lab");
  return {};
}

}  // namespace plumbline::sandbox

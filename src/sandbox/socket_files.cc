// SPDX-License-Identifier: MIT
#include "sandbox/socket_files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

#include "base/unique_fd.h"
#include "sandbox/shared.h"

namespace plumbline::sandbox {
namespace {

std::string LinkTo(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

// Where it is now, by its whole name.
std::string PathOf(int fd) {
  std::array<char, PATH_MAX> path{};
  const ssize_t size = ::readlink(LinkTo(fd).c_str(), path.data(), path.size());
  return {path.data(), size > 0 ? static_cast<size_t>(size) : 0};
}

// What is there, links followed; errno otherwise.
std::expected<UniqueFd, int> Find(HostPid task, const std::string& path) {
  UniqueFd folder;
  if (!path.starts_with('/')) {
    const std::string cwd = "/proc/" + std::to_string(task.value) + "/cwd";
    folder.Reset(::open(cwd.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return std::unexpected(errno);
  }
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_NO_MAGICLINKS;
  UniqueFd found(static_cast<int>(
      ::syscall(SYS_openat2, folder ? folder.get() : AT_FDCWD, path.c_str(), &how, sizeof how)));
  if (!found) return std::unexpected(errno);
  return found;
}

}  // namespace

// A socket cannot be moved into the folder from elsewhere (Landlock, LANDLOCK_ACCESS_FS_REFER), so
// what is in it was made there.
std::expected<std::string, int> SocketFiles::Lead(HostPid task, const std::string& path) {
  const auto found = Find(task, path);
  if (!found) return std::unexpected(found.error());
  struct stat info{};
  if (::fstat(found->get(), &info) < 0) return std::unexpected(errno);
  const bool is_socket = S_ISSOCK(info.st_mode);
  if (is_socket && !PathOf(found->get()).starts_with(base_ + "/")) return std::unexpected(ENOENT);
  if (::faccessat(found->get(), "", W_OK, AT_EMPTY_PATH | AT_EACCESS) < 0)
    return std::unexpected(errno);
  if (!is_socket) return std::unexpected(ECONNREFUSED);
  const std::string name =
      base_ + "/" + std::string(kSocketsFolder) + "/" + std::to_string(++leads_);
  if (::linkat(AT_FDCWD, LinkTo(found->get()).c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) <
      0)
    return std::unexpected(errno);
  return name;
}

void SocketFiles::EndLead(const std::string& name) { ::unlink(name.c_str()); }

bool SocketFiles::IsOfGrader(HostPid other) const {
  return other == init_ || other == HostPid{::getpid()};
}

HostPid SocketFiles::OtherEndOf(int socket) {
  ucred other{};
  socklen_t size = sizeof other;
  ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &other, &size);
  return HostPid{other.pid};
}

std::string SocketFiles::Named(const std::string& path) const {
  const bool is_inside = !base_.empty() && path.starts_with(base_ + "/");
  return is_inside ? path.substr(base_.size()) : path;
}

}  // namespace plumbline::sandbox

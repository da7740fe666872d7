// SPDX-License-Identifier: MIT
#include "base/io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace plumbline {

Result<std::string> ReadAll(int fd, Bytes limit) {
  std::string content;
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ErrnoError("read");
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<size_t>(count));
    if (content.size() > limit.count) return Fail("larger than " + ToString(limit));
  }
}

namespace {

Result<std::string> ReadOpen(int fd, const std::filesystem::path& path, Bytes limit) {
  auto content = ReadAll(fd, limit);
  if (!content) content.error().message = path.string() + ": " + content.error().message;
  return content;
}

}  // namespace

Result<std::string> ReadFile(const std::filesystem::path& path, Bytes limit) {
  // O_NONBLOCK: opening a FIFO must not hang the grader.
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd) return ErrnoError(path.string());
  struct stat info{};
  if (::fstat(fd.get(), &info) < 0) return ErrnoError(path.string());
  if (!S_ISREG(info.st_mode)) return Fail(path.string() + ": not a regular file");
  return ReadOpen(fd.get(), path, limit);
}

Result<std::string> ReadFileOrPipe(const std::filesystem::path& path, Bytes limit) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!fd) return ErrnoError(path.string());
  return ReadOpen(fd.get(), path, limit);
}

Status WriteAll(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t count = ::write(fd, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ErrnoError("write");
    data.remove_prefix(static_cast<size_t>(count));
  }
  return {};
}

namespace {

// A file without a name (open(2), O_TMPFILE): who is killed while it writes leaves nothing. Where a
// file system has none such, one with a name beside `path`, which `name` then is.
Result<UniqueFd> OpenBeside(const std::filesystem::path& path, std::string& name) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  UniqueFd fd(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
  if (fd) return fd;
  name = path.string() + ".XXXXXX";
  fd.Reset(::mkostemp(name.data(), O_CLOEXEC));
  if (fd) return fd;
  name.clear();
  return ErrnoError(path.string());
}

// Gives a file without a name one; false: there is one of that name already, or it cannot be.
bool Name(int fd, const char* name) {
  const std::string source = "/proc/self/fd/" + std::to_string(fd);
  return ::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

// A name beside `path` that nobody has.
Result<std::string> NameBeside(int fd, const std::filesystem::path& path) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const std::string name =
        path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(i);
    if (Name(fd, name.c_str())) return name;
    if (errno != EEXIST) break;
  }
  return ErrnoError("link");
}

Status WriteAndName(UniqueFd& fd, const std::filesystem::path& path, std::string_view content,
                    std::string& name) {
  TRY(WriteAll(fd.get(), content));
  if (::fchmod(fd.get(), 0644) < 0) return ErrnoError("fchmod");
  if (name.empty()) {
    if (Name(fd.get(), path.c_str())) return {};
    TRY_ASSIGN(name, NameBeside(fd.get(), path));
  }
  if (::close(fd.Release()) < 0) return ErrnoError("close");
  if (::rename(name.c_str(), path.c_str()) < 0) return ErrnoError("rename");
  name.clear();
  return {};
}

}  // namespace

Status WriteFileAtomically(const std::filesystem::path& path, std::string_view content) {
  std::string name;
  TRY_ASSIGN(UniqueFd fd, OpenBeside(path, name));
  const Status written = WriteAndName(fd, path, content, name);
  if (written) return {};
  if (!name.empty()) ::unlink(name.c_str());
  Error error = written.error();
  error.message = path.string() + ": " + error.message;
  if (error.code == ENOSPC || error.code == EDQUOT) error.hint = "make room on the disk";
  return std::unexpected(std::move(error));
}

std::string ReadProc(const char* path) {
  const UniqueFd fd(::open(path, O_RDONLY | O_CLOEXEC));
  std::string content;
  if (!fd) return content;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
    if (count <= 0) return content;
    content.append(buffer.data(), static_cast<size_t>(count));
    // A short read is not the end: the kernel gives whole records only (maps, net/tcp).
  }
}

}  // namespace plumbline

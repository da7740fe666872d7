// SPDX-License-Identifier: MIT
#include "sandbox/sockets.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>

#include <cerrno>
#include <cstring>

namespace plumbline::sandbox {
namespace {

constexpr int kSocketFlags = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

Result<sockaddr_un> UnixAddress(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return Fail("the socket's name is too long: " + path);
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

// A sun_path holds 107 bytes; through /proc/self/fd only the last component must fit.
std::string ShortPath(const Files::Place& place) {
  return "/proc/self/fd/" + std::to_string(place.directory.get()) + "/" + place.name;
}

template <typename Address>
Status Connect(int socket, const Address& address) {
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0 &&
      errno != EINPROGRESS)
    return ErrnoError("connect");
  return {};
}

}  // namespace

Result<UniqueFd> ListenAtPort(int port, int backlog) {
  UniqueFd socket(::socket(AF_INET, kSocketFlags, 0));
  if (!socket) return ErrnoError("socket");
  const int on = 1;
  if (::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
    return ErrnoError("setsockopt SO_REUSEADDR");
  const sockaddr_in address = Loopback(port);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
    return ErrnoError("bind port " + std::to_string(port));
  if (::listen(socket.get(), backlog) < 0) return ErrnoError("listen");
  return socket;
}

void ClientPorts::Bind(int socket) {
  constexpr int kLast = 65535;
  bool bound = false;
  while (!bound && next_ <= kLast) {
    const sockaddr_in address = Loopback(next_++);
    bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
}

Result<UniqueFd> ConnectToPort(int port, ClientPorts& from) {
  UniqueFd socket(::socket(AF_INET, kSocketFlags, 0));
  if (!socket) return ErrnoError("socket");
  from.Bind(socket.get());
  TRY(Connect(socket.get(), Loopback(port)));
  return socket;
}

Status BindUnix(int socket, const Files::Place& place) {
  // The name that the other side reads is the one bound: the real one, if it fits.
  const bool fits = place.real.size() < sizeof(sockaddr_un::sun_path);
  TRY_ASSIGN(const sockaddr_un address, UnixAddress(fits ? place.real : ShortPath(place)));
  if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
    return ErrnoError("bind " + place.path);
  return {};
}

Result<UniqueFd> ListenAtPlace(const Files::Place& place, int backlog) {
  UniqueFd socket(::socket(AF_UNIX, kSocketFlags, 0));
  if (!socket) return ErrnoError("socket");
  TRY(BindUnix(socket.get(), place));
  if (::listen(socket.get(), backlog) < 0) return ErrnoError("listen");
  return socket;
}

Result<UniqueFd> ConnectToPlace(const Files::Place& place) {
  // By the descriptor of the socket file itself: connect(2) would follow a link.
  const UniqueFd file(
      ::openat(place.directory.get(), place.name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (!file) return ErrnoError(place.path);
  TRY_ASSIGN(const sockaddr_un address, UnixAddress("/proc/self/fd/" + std::to_string(file.get())));
  UniqueFd socket(::socket(AF_UNIX, kSocketFlags, 0));
  if (!socket) return ErrnoError("socket");
  TRY(Connect(socket.get(), address));
  return socket;
}

// A program's doing, like an error of the system: it has a code.
static std::unexpected<Error> OtherKind(std::string message) {
  return std::unexpected(Error{.message = std::move(message), .hint = {}, .code = EINVAL});
}

Result<UniqueFd> OpenFifoAt(const Files::Place& place, bool for_writing) {
  const int access = for_writing ? O_WRONLY : O_RDONLY;
  UniqueFd fd(::openat(place.directory.get(), place.name.c_str(),
                       access | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
  if (!fd) return ErrnoError("open " + place.path);
  struct stat info{};
  if (::fstat(fd.get(), &info) < 0) return ErrnoError(place.path);
  if (!S_ISFIFO(info.st_mode)) return OtherKind(place.path + ": not a FIFO");
  return fd;
}

Result<UniqueFd> OpenFileAt(const Files::Place& place, bool for_writing) {
  // Not to wait for a FIFO's other end; a regular file does not mind O_NONBLOCK.
  const int flags = (for_writing ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY) | O_NONBLOCK;
  UniqueFd fd(
      ::openat(place.directory.get(), place.name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!fd) return ErrnoError("open " + place.path);
  struct stat info{};
  if (::fstat(fd.get(), &info) < 0) return ErrnoError(place.path);
  if (!S_ISREG(info.st_mode)) return OtherKind(place.path + ": not a regular file");
  if (::fcntl(fd.get(), F_SETFL, 0) < 0) return ErrnoError(place.path);
  return fd;
}

Result<Sandbox::Terminal> OpenPseudoTerminal() {
  constexpr int kFlags = O_RDWR | O_NOCTTY | O_CLOEXEC;
  Sandbox::Terminal terminal;
  terminal.master = UniqueFd(::open("/dev/ptmx", kFlags | O_NONBLOCK));
  if (!terminal.master) return ErrnoError("open /dev/ptmx");
  const int unlock = 0;
  if (::ioctl(terminal.master.get(), TIOCSPTLCK, &unlock) < 0) return ErrnoError("TIOCSPTLCK");
  terminal.slave = UniqueFd(::ioctl(terminal.master.get(), TIOCGPTPEER, kFlags));
  if (!terminal.slave) return ErrnoError("TIOCGPTPEER");
  const winsize size{24, 80, 0, 0};
  if (::ioctl(terminal.master.get(), TIOCSWINSZ, &size) < 0) return ErrnoError("TIOCSWINSZ");
  return terminal;
}

Result<UniqueFd> OpenSocketDiagnosis() {
  UniqueFd socket(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!socket) return ErrnoError("socket NETLINK_SOCK_DIAG");
  return socket;
}

}  // namespace plumbline::sandbox

// SPDX-License-Identifier: MIT
// Where the run's network is a part of the machine's (rung C): what a program may not do itself is
// done in its place, at the entry of its call, with a copy of its socket; and addresses that the
// kernel tells it get the run's own ports. An address is read once and never looked at again.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>

#include "base/io.h"
#include "base/unique_fd.h"
#include "sandbox/shared_network.h"
#include "trace/interrupted.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

constexpr const char* kNoCopy =
    "the grader cannot take up a program's socket (pidfd_getfd(2)): the machine forbids it, or the "
    "program is closed to its own account";

// A descriptor of the task's as one of ours; errno otherwise (EBADF: it has none of that number).
// Of the task itself: the first thread may have ended, and threads may have tables of their own.
std::expected<UniqueFd, int> CopyOf(HostPid task, int fd) {
  constexpr unsigned kThread = O_EXCL;  // PIDFD_THREAD, Linux 6.9
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, task.value, kThread)));
  if (!pidfd) return std::unexpected(errno);
  UniqueFd copy(static_cast<int>(::syscall(SYS_pidfd_getfd, pidfd.get(), fd, 0)));
  if (!copy) return std::unexpected(errno);
  return copy;
}

int OptionOf(const UniqueFd& socket, int name) {
  int value = 0;
  socklen_t size = sizeof value;
  return ::getsockopt(socket.get(), SOL_SOCKET, name, &value, &size) < 0 ? -errno : value;
}

bool IsInternet(int family) { return family == AF_INET || family == AF_INET6; }

bool Waits(const UniqueFd& socket) { return (::fcntl(socket.get(), F_GETFL) & O_NONBLOCK) == 0; }

// The address that bind(2) or connect(2) was given; errno otherwise.
std::expected<std::string, int> AddressGiven(const Task& task) {
  const auto size = static_cast<int32_t>(task.call.args[2]);
  if (size < 0 || static_cast<size_t>(size) > sizeof(sockaddr_storage))
    return std::unexpected(EINVAL);
  std::string bytes = ReadMemory(task.host, task.call.args[1], static_cast<size_t>(size));
  if (bytes.size() != static_cast<size_t>(size)) return std::unexpected(EFAULT);
  return bytes;
}

bool GivesAddress(int call) {
  return call == SYS_accept || call == SYS_accept4 || call == SYS_getsockname ||
         call == SYS_getpeername;
}

}  // namespace

std::vector<int> NetworkCalls() {
  return {SYS_bind,    SYS_listen,      SYS_connect,    SYS_accept,
          SYS_accept4, SYS_getsockname, SYS_getpeername};
}

bool Tracer::OnlyAsksForName(const Task& task) const {
  return network_ != nullptr &&
         (task.call.number == SYS_getsockname || task.call.number == SYS_getpeername);
}

// What the call gives; nothing: it is the kernel's, perhaps another one.
std::optional<int64_t> Tracer::DoInItsPlace(Task& task) {
  const int call = task.call.number;
  if (GivesAddress(call)) {
    task.address_room = ReadValue<uint32_t>(task.host, task.call.args[2]).value_or(0);
    return std::nullopt;
  }
  if (call != SYS_bind && call != SYS_listen && call != SYS_connect) return std::nullopt;
  const auto socket = CopyOf(task.host, static_cast<int>(task.call.args[0]));
  if (!socket) {
    if (socket.error() == EPERM || socket.error() == ENOSYS) network_->NoteFailure({kNoCopy, ""});
    return -socket.error();
  }
  const int family = OptionOf(*socket, SO_DOMAIN);
  if (family < 0) return family;
  if (!IsInternet(family)) return DoAtUnixSocket(task);
  if (call == SYS_listen)
    return -network_->Listen(socket->get(), static_cast<int>(task.call.args[1]));
  const auto address = AddressGiven(task);
  if (!address) return -address.error();
  if (call == SYS_bind) return -network_->Bind(socket->get(), *address);
  const int error = network_->Connect(socket->get(), *address);
  const bool under_way = error == EINPROGRESS || error == EALREADY;
  if (!under_way || !Waits(*socket)) return -error;
  AwaitConnection(task);
  return std::nullopt;
}

// One of a pair (socketpair(2)), which has its other end: by its own hand bind(2) goes no farther
// than Landlock lets it.
std::optional<int64_t> Tracer::DoAtUnixSocket(const Task& task) {
  switch (task.call.number) {
    case SYS_connect:
      return -EISCONN;
    case SYS_listen:
      return -EINVAL;
    default:
      return std::nullopt;
  }
}

// The kernel lets it wait in a call that has no address: a send(2) of nothing waits until the
// connection is made, or tells why it is not (tcp(7)).
void Tracer::AwaitConnection(Task& task) {
  task.awaits_connection = true;
  for (int index = 1; index < 6; ++index) {
    task.changed.emplace_back(index, task.call.args[index]);
    SetArgument(task.host, index, index == 3 ? MSG_NOSIGNAL : 0);
  }
  ChangeCall(task.host, SYS_sendto);
}

int64_t Tracer::AtConnectionsEnd(Task& task, int64_t result) {
  task.awaits_connection = false;
  // If it is made again, as what it was.
  ChangeCall(task.host, SYS_connect);
  if (IsInterrupted(result)) return result;
  if (const auto socket = CopyOf(task.host, static_cast<int>(task.call.args[0])))
    sandbox::SharedNetwork::EndWait(socket->get());
  if (result != -EPIPE) return result;
  SetResult(task.host, -ECONNABORTED);
  return -ECONNABORTED;
}

// What it reads there, it shall know.
void Tracer::TellNamedPort(const Task& task) {
  struct Beginning {
    sa_family_t family;
    in_port_t port;
  };
  const uint64_t address = task.call.args[1];
  if (address == 0 || task.address_room < sizeof(Beginning)) return;
  const auto told = ReadValue<Beginning>(task.host, address);
  if (!told || !IsInternet(told->family)) return;
  const int port = ntohs(told->port);
  const auto named = htons(static_cast<in_port_t>(network_->NamedPort(port)));
  if (named != told->port)
    WriteMemory(task.host, address + offsetof(Beginning, port), &named, sizeof named);
}

int64_t Tracer::AtNetworkCallEnd(Task& task, int64_t result) {
  if (task.awaits_connection) return AtConnectionsEnd(task, result);
  if (!GivesAddress(task.call.number) || result < 0) return result;
  if (task.call.number == SYS_accept || task.call.number == SYS_accept4) {
    if (const auto socket = CopyOf(task.host, static_cast<int>(result)))
      network_->NoteAccepted(socket->get());
  }
  TellNamedPort(task);
  return result;
}

}  // namespace plumbline::trace

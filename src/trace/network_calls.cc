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
#include "trace/copied_sockets.h"
#include "trace/interrupted.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

constexpr const char* kNoCopy =
    "the grader cannot take up a program's socket (pidfd_getfd(2)): the machine forbids it, or the "
    "program is closed to its own account";

bool IsInternet(int family) { return family == AF_INET || family == AF_INET6; }

bool Waits(const UniqueFd& socket) { return (::fcntl(socket.get(), F_GETFL) & O_NONBLOCK) == 0; }

bool GivesAddress(int call) {
  return call == SYS_accept || call == SYS_accept4 || call == SYS_getsockname ||
         call == SYS_getpeername;
}

}  // namespace

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

std::expected<std::string, int> AddressGiven(const Task& task) {
  const auto size = static_cast<int32_t>(task.call.args[2]);
  if (size < 0 || static_cast<size_t>(size) > sizeof(sockaddr_storage))
    return std::unexpected(EINVAL);
  std::string bytes = ReadMemory(task.host, task.call.args[1], static_cast<size_t>(size));
  if (bytes.size() != static_cast<size_t>(size)) return std::unexpected(EFAULT);
  return bytes;
}

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
  if (!task.led_to.empty()) AtUnixConnectEnd(task, result);
  if (!GivesAddress(task.call.number) || result < 0) return result;
  const bool accepts = task.call.number == SYS_accept || task.call.number == SYS_accept4;
  const auto fd = accepts ? result : static_cast<int64_t>(task.call.args[0]);
  const auto socket = CopyOf(task.host, static_cast<int>(fd));
  if (!socket) return result;
  if (OptionOf(*socket, SO_DOMAIN) == AF_UNIX) {
    if (accepts) NoteUnixOtherEnd(socket->get(), true);
    TellNamedPath(task, socket->get(), task.call.number != SYS_getsockname);
  } else {
    if (accepts) network_->NoteAccepted(socket->get());
    TellNamedPort(task);
  }
  return result;
}

}  // namespace plumbline::trace

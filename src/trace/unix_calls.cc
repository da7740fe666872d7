// SPDX-License-Identifier: MIT
// Sockets that are files, where the run's files are a folder of the machine's (rung C). bind(2) and
// listen(2) are the program's own, as is all that waits: only names are led to where they are.
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>

#include "sandbox/shared_network.h"
#include "trace/copied_sockets.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

constexpr size_t kPathAt = offsetof(sockaddr_un, sun_path);

// What the kernel would find wrong with an address before it looks at the name.
int FaultOf(const std::string& address) {
  sa_family_t family = 0;
  if (address.size() < sizeof family || address.size() > sizeof(sockaddr_un)) return EINVAL;
  std::memcpy(&family, address.data(), sizeof family);
  return family == AF_UNIX ? 0 : EINVAL;
}

}  // namespace

int64_t Tracer::MissUnix(const std::string& thing, int error) {
  network_->NoteFailure({"a program asked for " + thing + ", and isolation C has none of its own",
                         "isolation B has; plumbline doctor says how to get it"});
  return -error;
}

std::optional<int64_t> Tracer::DoAtUnixSocket(Task& task) {
  if (task.call.number == SYS_listen) return std::nullopt;
  const auto address = AddressGiven(task);
  if (!address) return -address.error();
  if (const int fault = FaultOf(*address)) return -fault;
  const bool binds = task.call.number == SYS_bind;
  if (address->size() == kPathAt && !binds) return -EINVAL;
  if (address->size() == kPathAt || (*address)[kPathAt] == '\0')
    return MissUnix("a UNIX socket that is no file", binds ? EADDRNOTAVAIL : ECONNREFUSED);
  std::string path = address->substr(kPathAt);
  path.resize(std::min(path.size(), path.find('\0')));
  return binds ? BindUnix(task, path) : ConnectUnix(task, path);
}

// Landlock lets it make a socket in the run's folder alone, whatever becomes of the name.
std::optional<int64_t> Tracer::BindUnix(Task& task, const std::string& path) {
  const std::string real = director_.Instead(path);
  if (real.empty()) return std::nullopt;
  sockaddr_un address{};
  if (real.size() >= sizeof address.sun_path)
    return MissUnix("a UNIX socket with a name as long as " + path, ENAMETOOLONG);
  address.sun_family = AF_UNIX;
  real.copy(address.sun_path, sizeof address.sun_path);
  constexpr uint64_t kRedZone = 128;
  const uint64_t place = (task.call.stack - kRedZone - sizeof address) & ~uint64_t{15};
  if (!WriteMemory(task.host, place, &address, sizeof address)) return -EFAULT;
  const uint64_t size = kPathAt + real.size() + 1;
  for (const auto& [index, value] : {std::pair{1, place}, std::pair{2, size}}) {
    task.changed.emplace_back(index, task.call.args[index]);
    SetArgument(task.host, index, value);
  }
  return std::nullopt;
}

std::optional<int64_t> Tracer::ConnectUnix(Task& task, const std::string& path) {
  sandbox::SocketFiles& files = network_->files();
  const std::string real = director_.Instead(path);
  const auto led = files.Lead(task.host, real.empty() ? path : real);
  if (!led && led.error() == ELOOP)
    return MissUnix("a UNIX socket behind a circle of links, or one of /proc,", ELOOP);
  if (!led) return -led.error();
  if (LeadAddress(task, *led)) return std::nullopt;
  files.EndLead(*led);
  network_->NoteFailure(
      {"more threads of a program connect to UNIX sockets at once than isolation C "
       "has places for their addresses",
       "isolation B needs none"});
  return -ENOMEM;
}

void Tracer::AtUnixConnectEnd(Task& task, int64_t result) {
  network_->files().EndLead(std::exchange(task.led_to, {}));
  if (result != 0) return;
  if (const auto socket = CopyOf(task.host, static_cast<int>(task.call.args[0])))
    NoteUnixOtherEnd(socket->get(), false);
}

bool Tracer::IsOfRun(HostPid host) const {
  return std::ranges::any_of(processes_,
                             [&](const Process& process) { return process.host == host; });
}

void Tracer::NoteUnixOtherEnd(int socket, bool accepted) {
  const HostPid other = sandbox::SocketFiles::OtherEndOf(socket);
  if (network_->files().IsOfGrader(other) || IsOfRun(other)) return;
  network_->NoteFailure({accepted ? "a process outside of the run connected to a UNIX socket of it"
                                  : "a process outside of the run listens in the run's folder",
                         "isolation B has a folder that nobody else reaches"});
}

// What it bound by a name that was led elsewhere, it shall read by that name.
void Tracer::TellNamedPath(const Task& task, int socket, bool other) {
  const uint64_t at = task.call.args[1];
  if (at == 0) return;
  sockaddr_un address{};
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if ((other ? ::getpeername(socket, plain, &size) : ::getsockname(socket, plain, &size)) < 0)
    return;
  if (size <= kPathAt || address.sun_path[0] == '\0') return;
  const std::string path(address.sun_path, ::strnlen(address.sun_path, size - kPathAt));
  const std::string named = network_->files().Named(path);
  if (named == path) return;
  std::memset(address.sun_path, 0, sizeof address.sun_path);
  named.copy(address.sun_path, sizeof address.sun_path - 1);
  const auto told = static_cast<uint32_t>(kPathAt + named.size() + 1);
  WriteMemory(task.host, at, &address, std::min(told, task.address_room));
  WriteMemory(task.host, task.call.args[2], &told, sizeof told);
}

}  // namespace plumbline::trace

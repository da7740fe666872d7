// SPDX-License-Identifier: MIT
// A network of a run's own within the machine's (rung C): TCP on the loopback device, with ports
// that only this run has. For each port that the run binds, one of the machine's is held that
// nobody else gets while the run lasts; programs, recordings and messages know the first alone.
//
// Programs may neither bind nor connect by themselves (landlock.h): the tracer takes up their
// socket and does it in their place, by the functions below. So nobody can change an address after
// it was looked at, and every socket is bound to the loopback device (SO_BINDTODEVICE, socket(7)):
// what is bound to 0.0.0.0 or :: is reached from this machine alone, and nothing gets out.
//
// How a port is held: a socket bound to it, which then moves to a device that does not exist. It is
// in the way of everybody who is bound to no device, and not of the run's sockets, for those are
// bound to another one.
//
// Lives in the supervisor, in its one thread; one a run.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "sandbox/socket_files.h"

namespace plumbline::sandbox {

class SharedNetwork {
 public:
  explicit SharedNetwork(SocketFiles files = SocketFiles({}, {})) : files_(std::move(files)) {}

  // Its sockets that are files.
  SocketFiles& files() { return files_; }
  const SocketFiles& files() const { return files_; }

  // --- In a program's place. `socket`: a copy of its TCP socket (IPv4 or IPv6); `address`: the
  // bytes that it gave. 0 or an errno, as in a network that has a loopback alone: an address
  // outside is ENETUNREACH to connect(2), EADDRNOTAVAIL to bind(2).

  int Bind(int socket, std::string_view address);
  // Of a socket without a name, a free port.
  int Listen(int socket, int backlog);
  // Never waits: EINPROGRESS, or EALREADY for a socket that is connecting. O_NONBLOCK is set for
  // as long as this takes, and is put back.
  int Connect(int socket, std::string_view address);
  // Of a socket that waited in the kernel until it was connected, or was not: as after connect(2).
  static void EndWait(int socket);
  // A program has accepted this connection. Whoever asked for it must be of this run.
  void NoteAccepted(int socket);

  // --- The grader's own ends (Sandbox::ListenTcp, ConnectTcp).

  Result<UniqueFd> ListenAt(int port, int backlog);
  Result<UniqueFd> ConnectTo(int port);

  // --- Connections.

  // One end: nothing there is state 0; else as in tcp_states.h.
  struct End {
    int state = 0;
    uint32_t unsent = 0;
    uint32_t unread = 0;
    bool operator==(const End&) const = default;
  };
  struct Connection {
    End client;
    End server;
    bool operator==(const Connection&) const = default;
  };
  // Those of the run, in the order in which they were asked for; who has left both ends is
  // forgotten. Asks for each by itself (sock_diag(7)): the machine's whole table is long. Nothing:
  // a kernel that does not answer.
  std::optional<std::vector<Connection>> Look();

  // --- Names.

  // What the run calls a port of the machine's: the same number for one that the kernel chose.
  int NamedPort(int machines) const;
  // One end of a connection with this port is of this run.
  bool Has(int machines) const { return names_.contains(machines); }
  // "127.0.0.1:31007" -> "127.0.0.1:7", "/tmp/plumbline-1-1/lab/S" -> "/lab/S"
  std::string Named(const std::string& endpoint) const;

  // What went wrong, if anything did: then the run says nothing of the program.
  const std::optional<Error>& failure() const { return failure_; }
  void NoteFailure(Error error);

 private:
  // 0: none is to be had, and that is the run's failure.
  int PortFor(int named);
  int FreshPort();
  int ClosedPort();
  int Hold(std::optional<int> named);
  int Confine(int socket);
  int BindFresh(int socket);
  void NoteConnection(int socket, const sockaddr_storage& to);

  // Both ends as the kernel has them, IPv4 in its own form.
  struct Path {
    int family = 0;
    std::array<uint32_t, 4> client{};
    std::array<uint32_t, 4> server{};
    uint16_t client_port = 0;  // in network order, as the addresses
    uint16_t server_port = 0;
  };
  std::optional<End> EndOf(const Path& path, bool is_server);

  SocketFiles files_;
  std::map<int, int> ports_;  // the run's port -> the machine's
  std::map<int, int> names_;  // and back; of the grader's clients too
  std::map<int, UniqueFd> holders_;
  std::set<int> clients_;    // the machine's ports that connections of this run were asked from
  int closed_ = 0;           // at which nobody listens
  int next_client_ = 61000;  // as elsewhere (sockets.h)
  std::vector<Path> paths_;
  UniqueFd diagnosis_;
  std::optional<Error> failure_;
};

}  // namespace plumbline::sandbox

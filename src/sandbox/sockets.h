// SPDX-License-Identifier: MIT
// Sockets, FIFOs and terminals made inside and passed out. All non-blocking and close-on-exec.
#pragma once

#include <string>

#include "base/error.h"
#include "base/unique_fd.h"
#include "sandbox/files.h"

namespace plumbline::sandbox {

Result<UniqueFd> ListenAtPort(int port, int backlog);
// The ports that our own clients connect from, one after another, so that runs agree on them:
// behind those that the kernel chooses (ip(7), ip_local_port_range).
class ClientPorts {
 public:
  // Leaves the choice to the kernel once all have been used.
  void Bind(int socket);

 private:
  int next_ = 61000;
};
Result<UniqueFd> ConnectToPort(int port, ClientPorts& from);
Result<UniqueFd> ListenAtPlace(const Files::Place& place, int backlog);
Result<UniqueFd> ConnectToPlace(const Files::Place& place);
Result<UniqueFd> OpenFifoAt(const Files::Place& place, bool for_writing);
// A regular file; for writing it is made (0644) or emptied.
Result<UniqueFd> OpenFileAt(const Files::Place& place, bool for_writing);
Result<Sandbox::Terminal> OpenPseudoTerminal();

// sock_diag(7), of this network namespace.
Result<UniqueFd> OpenSocketDiagnosis();

// bind(2) to a path of any length, by the descriptor of its directory.
Status BindUnix(int socket, const Files::Place& place);

}  // namespace plumbline::sandbox

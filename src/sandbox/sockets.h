// SPDX-License-Identifier: MIT
// Sockets, FIFOs and terminals made inside and passed out. All non-blocking and close-on-exec.
#pragma once

#include <string>

#include "base/error.h"
#include "base/unique_fd.h"
#include "sandbox/files.h"

namespace plumbline::sandbox {

Result<UniqueFd> ListenAtPort(int port, int backlog);
Result<UniqueFd> ConnectToPort(int port);
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

// SPDX-License-Identifier: MIT
#include "sandbox/starter.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "sandbox/init.h"
#include "sandbox/landlock.h"
#include "sandbox/wire.h"

namespace plumbline::sandbox {
namespace {

// Its memory is a copy of init's; it can do what a program can, and is not to be looked into.
[[noreturn]] void MakePrograms(UniqueFd socket, UniqueFd ruleset, pid_t init) {
  KeepOnly({&socket, &ruleset});
  ::prctl(PR_SET_NAME, "starter");
  ::prctl(PR_SET_DUMPABLE, 0);
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || ::getppid() != init) ::_exit(1);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || !EnterScopes()) ::_exit(1);
  while (true) {
    auto message = Receive(socket.get());
    if (!message || !*message) ::_exit(0);
    Unpacker from((*message)->bytes);
    const int processes = from.Int();
    StartRequest request = StartRequest::Unpack(from);
    request.processes_of_ours = processes;
    request.ruleset = ruleset.get();
    request.for_parent = true;
    const pid_t pid = StartInside(request, std::move((*message)->descriptors), -1);
    if (!Send(socket.get(), Packer().Signed(pid).bytes())) ::_exit(1);
  }
}

}  // namespace

bool Starter::Make(int ruleset) {
  auto pair = MakeSocketPair();
  if (!pair) return false;
  const pid_t init = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    MakePrograms(std::move(pair->theirs), UniqueFd(::dup(ruleset)), init);
  }
  socket_ = pid > 0 ? std::move(pair->ours) : UniqueFd();
  return pid > 0;
}

// -1: it has gone, or it could not.
pid_t Starter::Ask(const std::string& bytes, const std::vector<UniqueFd>& descriptors) {
  std::vector<int> numbers;
  for (const UniqueFd& fd : descriptors) numbers.push_back(fd.get());
  if (socket_ && Send(socket_.get(), bytes, numbers)) {
    const auto answer = Receive(socket_.get());
    if (answer && *answer) return Unpacker((*answer)->bytes).Int();
  }
  socket_.Reset();
  return -1;
}

pid_t Starter::Start(const StartRequest& request, const std::vector<UniqueFd>& descriptors) {
  const std::string bytes = Packer().Signed(request.processes_of_ours).bytes() + request.Pack();
  const pid_t pid = Ask(bytes, descriptors);
  if (socket_) return pid;
  return Make(request.ruleset) ? Ask(bytes, descriptors) : -1;
}

}  // namespace plumbline::sandbox

// SPDX-License-Identifier: MIT
// A supervisor that does as a plan's exercise says, to see what the crew makes of it:
//   echo        answers with a recording of the scenario's name and the processor that it runs on
//   crash       ends with status 7
//   killed      kills itself
//   silent      never answers
//   garbage     answers with what is no frame
//   last        answers, and ends
//   orphan      starts a process that is never to end, writes its number into the file `language`,
//               and kills itself
//   held        starts a process that holds the socket too and dies after it, writes both numbers
//               into the file `language`, and never answers
//   inherited   answers with the descriptors that it was started with
// and offers isolation as the first path to be hidden says: "A", "B", or another word for none.
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

#include "base/io.h"
#include "scenario/protocol.h"

namespace {

using namespace plumbline;

record::Recording Recorded(const scenario::Plan& plan, const std::string& said) {
  record::Recording recording;
  recording.header.scenario = plan.scenario.name;
  recording.outcome = record::Outcome::kExited;
  recording.streams["said"].bytes = said;
  return recording;
}

std::string Descriptors() {
  std::string numbers;
  for (int fd = 0; fd < 256; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) numbers += std::to_string(fd) + " ";
  }
  return numbers;
}

[[noreturn]] void BeSilent() {
  while (true) ::pause();
}

[[noreturn]] void LeaveAnOrphan(const std::string& file) {
  const pid_t orphan = ::fork();
  if (orphan == 0) BeSilent();
  (void)WriteFileAtomically(file, std::to_string(orphan));
  ::raise(SIGKILL);
  BeSilent();
}

[[noreturn]] void ShareTheSocket(const std::string& file) {
  const pid_t self = ::getpid();
  const pid_t other = ::fork();
  if (other == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)WriteFileAtomically(file, std::to_string(self) + " " + std::to_string(::getpid()));
    BeSilent();
  }
  BeSilent();
}

void Do(int socket, const scenario::Plan& plan) {
  const std::string& what = plan.exercise;
  if (what == "crash") ::_exit(7);
  if (what == "killed") ::raise(SIGKILL);
  if (what == "silent") BeSilent();
  if (what == "orphan") LeaveAnOrphan(plan.language);
  if (what == "held") ShareTheSocket(plan.language);
  if (what == "garbage") {
    (void)::send(socket, "junk", 4, 0);
    return;
  }
  const std::string said = what == "inherited" ? Descriptors() : std::to_string(::sched_getcpu());
  (void)scenario::SendAnswer(socket, Recorded(plan, said));
  if (what == "last") ::_exit(0);
}

void Do(int socket, const scenario::Offer& offer) {
  const std::string& what = offer.hidden_paths.front();
  if (what == "A" || what == "B") {
    const sandbox::Rung rung = what == "A" ? sandbox::Rung::kA : sandbox::Rung::kB;
    (void)scenario::SendAnswer(socket, scenario::Offered{rung});
    return;
  }
  (void)scenario::SendAnswer(socket, Error{"no isolation", "none"});
  ::_exit(0);
}

void Do(int, const build::Request&) {}

}  // namespace

int main(int argc, char** argv) {
  // supervise --socket N --cpu N
  if (argc < 5) return 2;
  const int socket = std::atoi(argv[3]);
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<size_t>(std::atoi(argv[5])), &set);
  ::sched_setaffinity(0, sizeof(set), &set);
  while (true) {
    const auto task = scenario::ReceiveTask(socket);
    if (!task || !*task) return 0;
    std::visit([socket](const auto& what) { Do(socket, what); }, **task);
  }
}

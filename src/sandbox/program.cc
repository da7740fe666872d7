// SPDX-License-Identifier: MIT
#include "sandbox/program.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string_view>

#include "sandbox/landlock.h"
#include "sandbox/privileges.h"
#include "sandbox/rlimits.h"

namespace plumbline::sandbox {
namespace {

void Tell(int gate, const GateNote& note) { (void)::send(gate, &note, sizeof note, MSG_NOSIGNAL); }

[[noreturn]] void GiveUp(int gate, Stage stage) {
  Tell(gate, {GateNote::Kind::kFailed, stage, errno});
  ::_exit(127);
}

void ResetSignals() {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// The kernel kills the student's processes first when memory runs out, and init last.
void VolunteerForOutOfMemory() {
  const UniqueFd fd(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  if (fd) (void)::write(fd.get(), "1000", 4);
}

bool ArrangeDescriptors(const std::array<int, 3>& wanted) {
  for (int target = 0; target < 3; ++target) {
    const int source = wanted[static_cast<size_t>(target)];
    if (source < 0) {
      ::close(target);
    } else if (::dup2(source, target) < 0) {
      return false;
    }
  }
  return ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// As execvp(3), but with the PATH that the program will have.
std::string Find(const std::string& name, const std::vector<std::string>& env) {
  if (name.find('/') != std::string::npos) return name;
  constexpr std::string_view kPath = "PATH=";
  for (const std::string& variable : env) {
    if (!variable.starts_with(kPath)) continue;
    std::string_view rest = std::string_view(variable).substr(kPath.size());
    while (!rest.empty()) {
      const size_t colon = std::min(rest.find(':'), rest.size());
      const std::string candidate = std::string(rest.substr(0, colon)) + "/" + name;
      if (::access(candidate.c_str(), X_OK) == 0) return candidate;
      rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
  }
  return name;
}

std::vector<std::string> Arguments(const Program& program) {
  std::vector<std::string> words = program.argv;
  const std::string& mark = program.own_pid;
  const std::string pid = std::to_string(::getpid());
  for (std::string& word : words) {
    for (size_t at = 0; !mark.empty() && (at = word.find(mark, at)) != std::string::npos;)
      word.replace(at, mark.size(), pid);
  }
  return words;
}

// Runs in the new process; with a terminal, in the session of its stand-in shell.
[[noreturn]] void BecomeProgram(const StartRequest& request, const std::array<int, 3>& descriptors,
                                int gate) {
  // A tracer without privileges may attach only to what is dumpable. Safe as long as this process
  // has capabilities that no program inside has.
  ::prctl(PR_SET_DUMPABLE, 1);
  ::prctl(PR_SET_NAME, "starting");
  if (::setpgid(0, 0) < 0) GiveUp(gate, Stage::kGroup);
  if (request.program.terminal >= 0 && ::tcsetpgrp(descriptors[0], ::getpid()) < 0)
    GiveUp(gate, Stage::kTerminal);
  ResetSignals();
  ::umask(022);
  VolunteerForOutOfMemory();
  const Program& program = request.program;
  if (::chdir(program.directory.c_str()) < 0) GiveUp(gate, Stage::kDirectory);
  const std::string path = Find(program.path.empty() ? program.argv[0] : program.path, program.env);
  const std::vector<std::string> words = Arguments(program);
  const std::vector<char*> argv = Pointers(words);
  const std::vector<char*> env = Pointers(program.env);

  Tell(gate, {GateNote::Kind::kReady, {}, ::getpid()});
  char proceed = 0;
  while (::recv(gate, &proceed, 1, 0) < 0 && errno == EINTR) {
  }
  if (proceed == 0) ::_exit(127);

  if (!ArrangeDescriptors(descriptors)) GiveUp(gate, Stage::kDescriptors);
  if (!ApplyResourceLimits(request.limits, request.processes_of_ours)) GiveUp(gate, Stage::kLimits);
  // From here on it is no better than another program inside: its memory, a copy of init's, must
  // not be open to them. Exec brings a new memory.
  ::prctl(PR_SET_DUMPABLE, 0);
  if (program.fixed_addresses) (void)::personality(ADDR_NO_RANDOMIZE);
  if (!DropPrivileges()) GiveUp(gate, Stage::kPrivileges);
  // Whom a Starter made was born within the scopes.
  if (request.ruleset >= 0 && !request.for_parent && !EnterScopes()) GiveUp(gate, Stage::kRuleset);
  if (request.ruleset >= 0 && !EnterRuleset(request.ruleset)) GiveUp(gate, Stage::kRuleset);
  if (!program.filter.empty() && !InstallFilter(program.filter)) GiveUp(gate, Stage::kFilter);
  ::execve(path.c_str(), argv.data(), env.data());
  GiveUp(gate, Stage::kExec);
}

pid_t ForkProgram(const StartRequest& request, const std::array<int, 3>& descriptors, int gate) {
  const pid_t pid = request.for_parent
                        ? static_cast<pid_t>(::syscall(SYS_clone, CLONE_PARENT, 0, 0, 0, 0))
                        : ::fork();
  if (pid == 0) BecomeProgram(request, descriptors, gate);
  if (pid < 0) Tell(gate, {GateNote::Kind::kFailed, Stage::kFork, errno});
  return pid;
}

// An interactive shell passes a hang-up on to its job.
volatile sig_atomic_t job_of_shell = 0;
void HangUpJob(int) {
  if (job_of_shell > 0) ::kill(-static_cast<pid_t>(job_of_shell), SIGHUP);
}

void IgnoreSignals() {
  ::signal(SIGHUP, HangUpJob);
  for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE})
    ::signal(signal, SIG_IGN);
}

// Stands where an interactive shell would: leads the session, has the terminal, is the program's
// parent (so that its group is not orphaned and ctrl-z stops it), and does nothing more.
[[noreturn]] void StandInForShell(const StartRequest& request, UniqueFd gate, UniqueFd terminal,
                                  int ends) {
  ::prctl(PR_SET_NAME, "shell");
  IgnoreSignals();
  if (::setsid() < 0 || ::ioctl(terminal.get(), TIOCSCTTY, 0) < 0)
    GiveUp(gate.get(), Stage::kTerminal);
  Tell(gate.get(), {GateNote::Kind::kLeader, {}, ::getpid()});
  for (int fd = 0; fd < 3; ++fd) {
    if (::dup2(terminal.get(), fd) < 0) GiveUp(gate.get(), Stage::kTerminal);
  }
  job_of_shell = ForkProgram(request, {0, 1, 2}, gate.get());
  gate.Reset();
  terminal.Reset();
  while (true) {
    EndNote note;
    note.pid = ::waitpid(-1, &note.status, __WALL);
    if (note.pid > 0) (void)::send(ends, &note, sizeof note, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (note.pid < 0 && errno == ECHILD) ::pause();
  }
}

}  // namespace

const char* ToString(Stage stage) {
  switch (stage) {
    case Stage::kFork:
      return "fork";
    case Stage::kTerminal:
      return "take the terminal";
    case Stage::kGroup:
      return "setpgid";
    case Stage::kDirectory:
      return "chdir";
    case Stage::kLimits:
      return "setrlimit";
    case Stage::kDescriptors:
      return "arrange the descriptors";
    case Stage::kPrivileges:
      return "drop privileges";
    case Stage::kRuleset:
      return "enter the Landlock ruleset";
    case Stage::kFilter:
      return "install the filter";
    case Stage::kExec:
      return "execve";
  }
  return "start";
}

std::string StartRequest::Pack() const {
  Packer packer;
  const auto texts = [&packer](const std::vector<std::string>& list) {
    packer.Number(list.size());
    for (const std::string& text : list) packer.Text(text);
  };
  texts(program.argv);
  packer.Text(program.path);
  texts(program.env);
  packer.Text(program.own_pid)
      .Text(program.directory)
      .Text(program.filter)
      .Signed(program.terminal);
  packer.Signed(program.fixed_addresses ? 1 : 0);
  for (const int fd : program.descriptors) packer.Signed(fd);
  packer.Number(limits.memory.count).Signed(limits.processes).Signed(limits.descriptors);
  packer.Number(limits.file.count).Number(limits.disk.count).Signed(limits.cpu.count());
  packer.Number(limits.address_space.count);
  return packer.bytes();
}

StartRequest StartRequest::Unpack(Unpacker& from) {
  StartRequest request;
  const auto texts = [&from](std::vector<std::string>& list) {
    for (uint64_t left = from.Number(); left > 0 && from.ok(); --left)
      list.emplace_back(from.Text());
  };
  texts(request.program.argv);
  request.program.path = from.Text();
  texts(request.program.env);
  request.program.own_pid = from.Text();
  request.program.directory = from.Text();
  request.program.filter = from.Text();
  request.program.terminal = from.Int();
  request.program.fixed_addresses = from.Int() != 0;
  for (int& fd : request.program.descriptors) fd = from.Int();
  request.limits.memory.count = from.Number();
  request.limits.processes = from.Int();
  request.limits.descriptors = from.Int();
  request.limits.file.count = from.Number();
  request.limits.disk.count = from.Number();
  request.limits.cpu = Duration(static_cast<int64_t>(from.Number()));
  request.limits.address_space.count = from.Number();
  return request;
}

pid_t StartInside(const StartRequest& request, std::vector<UniqueFd> descriptors, int ends) {
  if (descriptors.empty()) return -1;
  UniqueFd gate = std::move(descriptors.front());
  if (request.program.terminal >= 0) {
    if (descriptors.size() < 2) return -1;
    const pid_t pid = ::fork();
    if (pid == 0) StandInForShell(request, std::move(gate), std::move(descriptors[1]), ends);
    if (pid < 0) Tell(gate.get(), {GateNote::Kind::kFailed, Stage::kFork, errno});
    return pid;
  }
  std::array<int, 3> sources{-1, -1, -1};
  size_t next = 1;
  for (size_t i = 0; i < sources.size(); ++i) {
    if (request.program.descriptors[i] < 0) continue;
    if (next == descriptors.size()) return -1;
    sources[i] = descriptors[next++].get();
  }
  return ForkProgram(request, sources, gate.get());
}

}  // namespace plumbline::sandbox

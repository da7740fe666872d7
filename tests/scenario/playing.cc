// SPDX-License-Identifier: MIT
#include "tests/scenario/playing.h"

#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/io.h"
#include "base/text.h"
#include "scenario/protocol.h"
#include "scenario/supervisor.h"
#include "spec/loader.h"
#include "tests/tracees/tracees.h"

namespace plumbline::record {

void PrintTo(const Recording& recording, std::ostream* out) {
  *out << ToString(recording.outcome) << " " << recording.status;
  if (recording.stuck)
    *out << "\nstuck at step " << recording.stuck->step + 1 << ", " << recording.stuck->awaited
         << ", instead: " << recording.stuck->instead;
  if (recording.error) *out << "\nerror: " << recording.error->ToString();
  for (const auto& [name, stream] : recording.streams)
    *out << "\n" << name << ": " << Escaped(stream.bytes.substr(0, 400));
  *out << "\n"
       << recording.processes.size() << " processes, " << recording.events.size() << " events";
}

}  // namespace plumbline::record

namespace plumbline::scenario::testing {
namespace {

namespace fs = std::filesystem;
using record::ProcessIndex;

// The folder of an exercise, which has its id for a name; goes with its object.
class Folder {
 public:
  Folder() {
    std::string name = ::testing::TempDir() + "plumbline-XXXXXX";
    parent_ = ::mkdtemp(name.data());
    fs::create_directory(path());
  }
  ~Folder() { fs::remove_all(parent_); }
  fs::path path() const { return parent_ / "played"; }

 private:
  fs::path parent_;
};

// One kind of check, of which an exercise needs a use.
spec::KindTable AnyKind() {
  return {
      .name = "processes.exit", .doc = "Always.", .params = {}, .findings = {{"hung", "Never."}}};
}

std::string Indented(const std::string& lines) {
  std::istringstream in(lines);
  std::string text;
  for (std::string line; std::getline(in, line);) text += "    " + line + "\n";
  return text;
}

std::string ExerciseText(const std::string& scenario, const More& more) {
  std::string text =
      "format: 1\nid: played\ntopic: processes\ntitle: {en: Played}\nlanguages: [c, cpp, py, sh]\n";
  if (!more.programs.empty()) {
    text += "programs:\n  played: {files: [\"main*\"]}\n";
    for (const auto& [name, source] : more.programs)
      text += "  " + name + ": {files: [\"" + name + "*\"]}\n";
  }
  text += "limits: " + more.limits + "\n";
  text += "scenarios:\n  played:\n" + Indented(scenario);
  return text + "checks: [{id: any, processes.exit: {}}]\n";
}

spec::Exercise ExerciseOf(const std::string& scenario, const More& more) {
  const Folder folder;
  std::ofstream(folder.path() / "exercise.yaml") << ExerciseText(scenario, more);
  for (const auto& [name, source] : more.solutions)
    fs::create_directories(folder.path() / "solutions" / name);
  const std::vector<spec::KindTable> kinds{AnyKind()};
  spec::LoadResult loaded = spec::Load(folder.path(), kinds);
  for (const spec::Diagnostic& diagnostic : loaded.diagnostics)
    ADD_FAILURE() << Format(diagnostic, loaded.source);
  return std::move(loaded.exercise);
}

std::set<record::Facet> Everything() {
  using enum record::Facet;
  return {kTransfers, kDescriptors, kSignals,     kMemory, kMemoryContent,
          kSockets,   kFiles,       kFileContent, kIpc,    kUsage};
}

void BecomeNobody() {
  constexpr unsigned kNobody = 65534;
  if (::setgroups(0, nullptr) < 0 || ::setresgid(kNobody, kNobody, kNobody) < 0 ||
      ::setresuid(kNobody, kNobody, kNobody) < 0)
    ::_exit(99);
  // As after an exec; else /proc/PID belongs to root.
  ::prctl(PR_SET_DUMPABLE, 1);
}

// The sweeper stays until its supervisor has ended, to clear away after one that was killed.
bool AnybodyStays() {
  const std::string self = "/proc/self/task/" + std::to_string(::getpid()) + "/children";
  std::istringstream children(ReadProc(self.c_str()));
  for (std::string child; children >> child;) {
    if (ReadProc(("/proc/" + child + "/comm").c_str()) != "sweeper\n") return true;
  }
  return false;
}

// The supervisor's process: takes plans until the socket ends; its exit status says whether
// anything of what it ran is left.
[[noreturn]] void Supervisor(Account account, int socket) {
  if (account == Account::kUnprivileged) BecomeNobody();
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  const int status = Supervise(socket, ::sched_getcpu());
  if (status != 0) ::_exit(status);
  ::_exit(AnybodyStays() ? 2 : 0);
}

}  // namespace

// --- Submissions.

Source Bash(const std::string& script, const std::string& name) {
  return {.language = "sh",
          .runnable = {.files = {{name + ".sh", script, false}},
                       .command = {"/usr/bin/bash", "/program/" + name + ".sh"}}};
}

Source Python(const std::string& script) {
  return {.language = "py",
          .runnable = {.files = {{"main.py", script, false}},
                       .command = {"/usr/bin/python3", "/program/main.py"}}};
}

Source Tracee(const std::string& name) {
  return {.language = "c",
          .runnable = {.files = {{name, plumbline::testing::TraceeBytes(name), true}},
                       .command = {"/program/" + name}}};
}

Plan PlanOf(const Source& submission, const std::string& scenario, const More& more) {
  const spec::Exercise exercise = ExerciseOf(scenario, more);
  const auto found = exercise.scenarios.find("played");
  if (found == exercise.scenarios.end()) return {};
  Plan plan{.exercise = exercise.id,
            .exercise_hash = exercise.hash,
            .artifact_hash = "a",
            .language = submission.language,
            .version = "0",
            .scenario = found->second,
            .limits = exercise.limits,
            .observe = more.observe.empty() ? Everything() : more.observe,
            .programs = {{"played", submission.runnable}},
            .solutions = {},
            .main_program = found->second.program.empty() ? "played" : found->second.program,
            .rung = more.rung,
            .wall_limit = more.wall_limit,
            .late = more.late};
  for (const auto& [name, source] : more.programs) plan.programs[name] = source.runnable;
  for (const auto& [name, source] : more.solutions) plan.solutions[name] = source.runnable;
  return plan;
}

// --- Runs.

void Playing::Begin(Account account, sandbox::Rung rung) {
  if (account == Account::kUnprivileged && ::geteuid() != 0)
    GTEST_SKIP() << "needs: root, to become an account without privileges";
  StartSupervisor(account);
  // The first run says whether this machine can do it at all.
  const Recording tried = Play(PlanOf(Bash("exit 0"), "steps: [await: exit]", {.rung = rung}));
  if (tried.error)
    GTEST_SKIP() << "needs: isolation " << sandbox::ToString(rung) << " ("
                 << tried.error->ToString() << ")";
}

void Playing::StartSupervisor(Account account) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
  UniqueFd near(ends[0]);
  UniqueFd far(ends[1]);
  ::fflush(nullptr);
  process_ = ::fork();
  ASSERT_GE(process_, 0);
  if (process_ == 0) {
    near.Reset();
    Supervisor(account, far.get());
  }
  supervisor_ = std::move(near);
}

void Playing::TearDown() {
  if (process_ < 0) return;
  supervisor_.Reset();
  int status = 0;
  ASSERT_EQ(::waitpid(process_, &status, 0), process_);
  EXPECT_TRUE(WIFEXITED(status)) << "the supervisor was killed by " << WTERMSIG(status);
  EXPECT_NE(WEXITSTATUS(status), 2) << "a process outlived its run";
}

Recording Playing::Play(const Source& submission, const std::string& scenario, const More& more) {
  return Play(PlanOf(submission, scenario, more));
}

Recording Playing::Play(const Plan& plan) {
  Recording failed;
  failed.error = Error{"no answer"};
  if (const Status sent = SendTask(supervisor_.get(), plan); !sent) {
    ADD_FAILURE() << sent.error().ToString();
    return failed;
  }
  auto answer = ReceiveAnswer(supervisor_.get());
  if (!answer || !*answer) {
    ADD_FAILURE() << "the supervisor ended";
    return failed;
  }
  if (const auto* error = std::get_if<Error>(&**answer)) failed.error = *error;
  auto* seen = std::get_if<Recording>(&**answer);
  if (seen == nullptr) return failed;
  for (const HostPid process : seen->machine.host_pids)
    EXPECT_TRUE(::kill(process.value, 0) < 0 && errno == ESRCH) << "a process outlived its run";
  return std::move(*seen);
}

// --- What was seen.

std::string Out(const Recording& seen, const std::string& stream) {
  const auto found = seen.streams.find(stream);
  return found == seen.streams.end() ? "(no stream " + stream + ")" : found->second.bytes;
}

std::string Errors(const Recording& seen) { return Out(seen, "submission.stderr"); }

ProcessIndex Named(const Recording& seen, const std::string& name) {
  const auto found = std::ranges::find(seen.processes, name, &record::Process::started_as);
  EXPECT_NE(found, seen.processes.end()) << "nobody was started as " << name;
  return static_cast<ProcessIndex>(found - seen.processes.begin());
}

std::vector<ProcessIndex> Ran(const Recording& seen, const std::string& program) {
  std::vector<ProcessIndex> found;
  for (const record::Event& event : seen.events) {
    const auto* executed = std::get_if<record::Executed>(&event.what);
    if (executed == nullptr || executed->error != 0) continue;
    if (fs::path(executed->path).filename() == program) found.push_back(event.actor);
  }
  std::ranges::sort(found);
  return found;
}

const record::ProcessStateAt* At(const Recording& seen, const std::string& snapshot,
                                 ProcessIndex process) {
  const record::Snapshot* taken = seen.snapshot(snapshot);
  if (taken == nullptr) return nullptr;
  const auto found = std::ranges::find(taken->processes, process, &record::ProcessStateAt::process);
  return found == taken->processes.end() ? nullptr : &*found;
}

}  // namespace plumbline::scenario::testing

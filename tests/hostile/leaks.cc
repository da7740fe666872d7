// SPDX-License-Identifier: MIT
// plumbline: subject is time
#include "tests/hostile/leaks.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <set>
#include <sstream>

#include "base/check.h"
#include "base/io.h"
#include "sandbox/landlock.h"
#include "tests/hostile/outside.h"

namespace plumbline::hostile {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Far more than anybody needs to die and to tidy up.
constexpr std::chrono::seconds kPatience(60);
// And to grade two runs: whoever takes longer stands still.
constexpr std::chrono::minutes kStandstill(10);

constexpr char kExercise[] = R"(format: 1
id: leave
topic: processes
title: {en: Leave, ca: Deixar, es: Dejar}
languages: [sh]
scenarios:
  one: {args: [attack]}
  two: {args: [attack]}
checks:
  - {id: one, title: {en: A, ca: A, es: A}, scenario: one, processes.exit: {}, processes.left: {}}
  - {id: two, title: {en: A, ca: A, es: A}, scenario: two, memory.left: {}, files.left: {}}
)";

std::string Objects() {
  std::string objects;
  for (const char* table : {"/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg"})
    objects += ReadProc(table);
  for (const char* folder : {"/dev/shm", "/dev/mqueue"}) {
    std::set<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
      names.insert(entry.path().filename());
    for (const std::string& name : names) objects += name + "\n";
  }
  return objects;
}

// For rung C: nothing of what needs more.
std::string ExerciseOnC() {
  std::string exercise = kExercise;
  constexpr std::string_view kObjects = "memory.left: {}, ";
  return exercise.erase(exercise.find(kObjects), kObjects.size());
}

std::vector<pid_t> SupervisorsOf(pid_t grader) {
  const std::string name = std::to_string(grader);
  std::istringstream children(ReadProc(("/proc/" + name + "/task/" + name + "/children").c_str()));
  std::vector<pid_t> supervisors;
  for (pid_t child = 0; children >> child;) {
    const std::string command = ReadProc(("/proc/" + std::to_string(child) + "/cmdline").c_str());
    if (command.contains("supervise")) supervisors.push_back(child);
  }
  return supervisors;
}

bool Ended(pid_t grader) {
  const UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, grader, 0)));
  pollfd ended{end.get(), POLLIN, 0};
  constexpr std::chrono::milliseconds kWait = kStandstill;
  return ::poll(&ended, 1, static_cast<int>(kWait.count())) == 1;
}

// Orphans come to us. False: somebody is still there.
bool ReapAll() {
  const auto until = Clock::now() + kPatience;
  while (Clock::now() < until) {
    const pid_t pid = ::waitpid(-1, nullptr, WNOHANG | __WALL);
    if (pid < 0 && errno == ECHILD) return true;
    if (pid == 0) ::sched_yield();
  }
  return false;
}

}  // namespace

Leaks::Leaks(const UniqueFd& program, fs::path folder, const Pen& pen, unsigned seed)
    : program_(program), folder_(std::move(folder)), pen_(pen), random_(seed) {
  fs::create_directories(folder_ / "leave");
  fs::create_directories(folder_ / "leave-on-C");
  fs::create_directories(folder_ / "temporary");
  CHECK(WriteFileAtomically(folder_ / "leave/exercise.yaml", kExercise).has_value());
  CHECK(WriteFileAtomically(folder_ / "leave-on-C/exercise.yaml", ExerciseOnC()).has_value());
  folders_ = FoldersLeft();
  fs::copy_file(PLUMBLINE_HOSTILE "/leaving.sh", folder_ / "leave.sh");
  mounts_ = ReadProc("/proc/self/mountinfo");
  objects_ = Objects();
  const auto begin = Clock::now();
  const pid_t undisturbed = Start("B");
  ::waitpid(undisturbed, nullptr, 0);
  CHECK(ReapAll());
  usual_ = Clock::now() - begin;
}

pid_t Leaks::Start(const std::string& rung) {
  std::vector<std::string> words{"plumbline",
                                 "check",
                                 "--no-cache",
                                 "--record",
                                 folder_ / "temporary/runs",
                                 "--isolation",
                                 rung,
                                 folder_ / (rung == "C" ? "leave-on-C" : "leave"),
                                 folder_ / "leave.sh"};
  std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                                       "HOME=" + (folder_ / "temporary").string(),
                                       "TMPDIR=" + (folder_ / "temporary").string()};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<char*> env;
  for (std::string& variable : environment) env.push_back(variable.data());
  env.push_back(nullptr);
  const pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) {
    const int null = ::open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd) ::dup2(null, fd);
    ::fexecve(program_.get(), argv.data(), env.data());
    ::_exit(127);
  }
  return child;
}

void Leaks::KillAtAnyMoment(pid_t grader) {
  const UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, grader, 0)));
  std::uniform_int_distribution<int64_t> moments(0, usual_.count());
  const int64_t moment = moments(random_);
  const timespec wait{moment / 1'000'000'000, moment % 1'000'000'000};
  pollfd ended{end.get(), POLLIN, 0};
  if (::ppoll(&ended, 1, &wait, nullptr) != 0) return;  // it was faster
  const std::vector<pid_t> supervisors = SupervisorsOf(grader);
  if (!supervisors.empty() && random_() % 2 == 0) {
    supervisors_killed_ += ::kill(supervisors[random_() % supervisors.size()], SIGKILL) == 0;
  } else {
    graders_killed_ += ::kill(grader, SIGKILL) == 0;
  }
}

// "plumbline-PID-N": of a supervisor that is no more. Those of others' may yet go.
std::set<std::string> Leaks::FoldersLeft() const {
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator("/tmp")) {
    const std::string name = entry.path().filename();
    constexpr std::string_view kPrefix = "plumbline-";
    if (!name.starts_with(kPrefix) || folders_.contains(name)) continue;
    pid_t owner = 0;
    std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), owner);
    if (owner > 0 && ::kill(owner, 0) < 0 && errno == ESRCH) left.insert(name);
  }
  return left;
}

std::vector<std::string> Leaks::Left() const {
  std::vector<std::string> left = pen_.Left({});
  if (ReadProc("/proc/self/mountinfo") != mounts_) left.emplace_back("a mount is left");
  if (Objects() != objects_) left.emplace_back("an object is left");
  const auto until = Clock::now() + kPatience;
  std::set<std::string> folders = FoldersLeft();
  while (!folders.empty() && Clock::now() < until) {
    ::sched_yield();
    folders = FoldersLeft();
  }
  for (const std::string& folder : folders) left.push_back("a folder is left: /tmp/" + folder);
  static const std::set<std::string> kExpected{"runs"};
  for (const auto& entry : fs::directory_iterator(folder_ / "temporary")) {
    if (!kExpected.contains(entry.path().filename()))
      left.push_back("a file is left: " + entry.path().string());
  }
  std::error_code none;
  for (fs::directory_iterator at(folder_ / "temporary/runs", none), last; !none && at != last;
       ++at) {
    if (!at->path().string().ends_with(".recording.json"))
      left.push_back("a file is left: " + at->path().string());
  }
  return left;
}

std::vector<std::string> Leaks::KillOne() {
  const auto rung = random_() % 4;
  const bool on_c = rung == 1 && sandbox::LandlockLevel() >= sandbox::kLeastLandlockLevel;
  const pid_t grader = Start(rung == 0 ? "B" : on_c ? "C" : pen_.closed() ? "A" : "auto");
  KillAtAnyMoment(grader);
  if (!Ended(grader)) {
    std::vector<std::string> standing = Descendants();
    ::kill(grader, SIGKILL);
    standing.insert(standing.begin(), "a grader stands still, and all below it:");
    (void)ReapAll();
    return standing;
  }
  ::waitpid(grader, nullptr, 0);
  if (!ReapAll()) return Descendants();
  return Left();
}

}  // namespace plumbline::hostile

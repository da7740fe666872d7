// SPDX-License-Identifier: MIT
// `plumbline verify` on small exercises that are right, or wrong in one thing each.
#include <gmock/gmock.h>

#include "program.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

// Prints a line and ends with 3.
constexpr const char* kSpec = R"(format: 1
id: three
topic: processes
title: {en: Three, ca: Tres, es: Tres}
languages: [sh]
scenarios:
  plain: {steps: [await: exit]}
checks:
  - {id: says, gate: true, output.text: {lines: [three]}}
  - {id: status, processes.exit: {status: 3}}
)";

class Exercise {
 public:
  Exercise() {
    Write("exercise.yaml", kSpec);
    for (const char* language : {"ca", "es", "en"})
      Write(std::string("statement.") + language + ".md", "`says` `status`\n");
    Write("solutions/sh/main.sh", "echo three\nexit 3\n");
    Write("starter/sh/main.sh", "# Here.\n");
    Write("wrong/no-status/main.sh", "echo three\n");
    Write("wrong/no-status/expect.yaml", "loses: [status]\nfinding: {status: wrong-status}\n");
  }
  void Write(const std::string& name, const std::string& text) const {
    (void)folder_.Write("three/" + name, text);
  }
  void Remove(const std::string& name) const {
    std::filesystem::remove_all(folder_.path() / "three" / name);
  }
  Ran Verify(const std::string& options = "--no-cache") const {
    return Shell("$P verify " + options + " three", folder_.path());
  }
  json Found(const std::string& options = "--no-cache") const {
    return json::parse(Verify(options + " --json").out).at(0);
  }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  Folder folder_;
};

std::map<std::string, std::string> FatesOf(const json& verified) {
  std::map<std::string, std::string> fates;
  for (const json& one : verified.at("mutants")) fates[one.at("mutant")] = one.at("fate");
  return fates;
}

TEST(Verify, ProvesWhatIsRight) {
  const Exercise exercise;
  const Ran ran = exercise.Verify();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("three: proven (1 solutions, 1 starters, 1 wrong ones; 3 of 3 "
                                 "mutants killed"));
}

// What is wrong with it, and what is said of that.
struct Fault {
  const char* name;
  void (*make)(const Exercise&);
  const char* told;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

class Faulty : public ::testing::TestWithParam<Fault> {};

TEST_P(Faulty, IsNotProven) {
  const Exercise exercise;
  GetParam().make(exercise);
  const Ran ran = exercise.Verify();
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr(std::string("\n  ") + GetParam().told + "\n"));
}

INSTANTIATE_TEST_SUITE_P(
    All, Faulty,
    ::testing::Values(
        Fault{"Lint", [](const Exercise& e) { e.Write("exercise.yaml", "format: 1\n"); },
              "exercise.yaml:1: an exercise needs 'id' [missing-key]"},
        Fault{"NoStatement", [](const Exercise& e) { e.Remove("statement.ca.md"); },
              "statement.ca.md: there is no such file"},
        Fault{"StatementLacksACheck",
              [](const Exercise& e) { e.Write("statement.es.md", "`says`\n"); },
              "statement.es.md: does not name the check status"},
        Fault{"SolutionLoses",
              [](const Exercise& e) { e.Write("solutions/sh-other/main.sh", "echo three\n"); },
              "solutions/sh-other: is right and loses status: wrong-status, "
              "\"Your program (process 2) ended with status 0; its status should be 3.\""},
        Fault{"NoSolution", [](const Exercise& e) { e.Remove("solutions/sh"); },
              "solutions: there is none in sh"},
        Fault{"StarterEarnsTheGate",
              [](const Exercise& e) { e.Write("starter/sh/main.sh", "echo three\n"); },
              "starter/sh: earns the gate says with nothing done"},
        Fault{"StarterPasses",
              [](const Exercise& e) {
                std::string spec = kSpec;
                spec.erase(spec.find("gate: true, "), 12);
                e.Write("exercise.yaml", spec);
                e.Write("starter/sh/main.sh", "echo three\n");
              },
              "starter/sh: passes with nothing done"},
        Fault{"StarterDoesNotBuild",
              [](const Exercise& e) { e.Write("starter/sh/main.sh", "if\n"); },
              "starter/sh: does not build: plumbline check shows why"},
        Fault{"NothingWrong", [](const Exercise& e) { e.Remove("wrong"); },
              "wrong: there is no wrong program, so nothing shows what is caught"},
        Fault{"WrongLosesNothing",
              [](const Exercise& e) { e.Write("wrong/no-status/main.sh", "echo three\nexit 3\n"); },
              "wrong/no-status: does not lose status, as expect.yaml says"},
        Fault{"WrongLosesMore",
              [](const Exercise& e) { e.Write("wrong/no-status/main.sh", "echo four\n"); },
              "wrong/no-status: loses says (wrong-text), which expect.yaml does not say, "
              "\"The standard output differs from what it should be, first in line 1.\""},
        Fault{"WrongForAnotherReason",
              [](const Exercise& e) {
                e.Write("wrong/no-status/main.sh", "echo three\nkill -9 $$\n");
              },
              "wrong/no-status: loses status by killed, and expect.yaml says wrong-status"},
        Fault{"UnknownCheckExpected",
              [](const Exercise& e) { e.Write("wrong/no-status/expect.yaml", "loses: [stats]\n"); },
              "wrong/no-status/expect.yaml:1: there is no check 'stats' [unknown-check]"},
        Fault{"MutantSurvives",
              [](const Exercise& e) {
                e.Write(
                    "exercise.yaml",
                    std::string(kSpec) + "  - {id: left, files.state: {path: left, is: file}}\n");
                e.Write("solutions/sh-file/main.sh", "echo three\necho more > left\nexit 3\n");
              },
              "solutions/sh-file: nobody notices when the write at main.sh:2 is left out "
              "(write@main.sh:2=skip)"},
        Fault{"WaivesTooMany",
              [](const Exercise& e) {
                e.Write(
                    "exercise.yaml",
                    std::string(kSpec) + "  - {id: left, files.state: {path: left, is: file}}\n");
                e.Write("solutions/sh/main.sh", "echo three\necho more > left\nexit 3\n");
                e.Write("mutants.yaml",
                        "- {solution: sh, mutant: 'write@main.sh:2=skip', reason: Why not.}\n"
                        "- {solution: sh, mutant: 'write@main.sh:2=twice', reason: Why not.}\n");
              },
              "mutants.yaml: waives 2 of 5 mutants; one in twenty may be"},
        Fault{"WaiverOfNothing",
              [](const Exercise& e) {
                e.Write("mutants.yaml",
                        "- {solution: sh, mutant: 'write@main.sh:9=skip', reason: None.}\n");
              },
              "mutants.yaml:1: no such mutant survived: write@main.sh:9=skip of solutions/sh"}),
    [](const ::testing::TestParamInfo<Fault>& info) { return std::string(info.param.name); });

// Where runs differ it is chance whether a mutant comes out equal.
TEST(Verify, WaivesAMutantThatIsEqualAndNoneThatIsKilled) {
  const Folder folder;
  ASSERT_EQ(Shell("$P new one --topic files", folder.path()).status, 0);
  std::string source = Content(folder.path() / "one/solutions/c/main.c");
  source.insert(source.rfind("  return 0;"), "  fcntl(1, F_SETFD, FD_CLOEXEC);\n");
  folder.Write("one/solutions/c/main.c", source);
  folder.Write("one/mutants.yaml",
               "- {solution: c, mutant: 'fcntl@main.c:15=skip', reason: It ends at once.}\n"
               "- {solution: c, mutant: 'write@main.c:11=skip', reason: None.}\n");
  const Ran ran = Shell("$P verify ./one", folder.path());
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("4 of 4 mutants killed, 1 waived"));
  EXPECT_THAT(ran.out, HasSubstr("mutants.yaml:2: no such mutant survived: write@main.c:11=skip"));
  EXPECT_THAT(ran.out, Not(HasSubstr("mutants.yaml:1: no such mutant")));
}

TEST(Verify, UsesAgainWhatItFound) {
  const Exercise exercise;
  EXPECT_THAT(exercise.Verify("").out, Not(HasSubstr("nothing has changed")));
  const Ran again = exercise.Verify("");
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.out, HasSubstr("nothing has changed since it was proven"));
  exercise.Write("wrong/no-status/main.sh", "echo three\nexit 4\n");
  EXPECT_THAT(exercise.Verify("").out, Not(HasSubstr("nothing has changed")));
}

TEST(Verify, RepeatsUnderLoad) {
  const Exercise exercise;
  const json once = exercise.Found();
  const json often = exercise.Found("--no-cache --repeat 3 --load");
  EXPECT_EQ(often.at("shortfalls"), json::array());
  EXPECT_EQ(often.at("runs"), 3 * once.at("runs").get<int>());
}

// What was ended in the middle goes on with the next repetition; who asks for more gets more.
TEST(Verify, RemembersHowOftenItRepeated) {
  const Exercise exercise;
  EXPECT_EQ(exercise.Verify("").status, 0);
  EXPECT_THAT(exercise.Verify("--repeat 2").out, HasSubstr("; 2 times, "));
  EXPECT_THAT(exercise.Verify("--repeat 2").out, HasSubstr("nothing has changed"));
  EXPECT_THAT(exercise.Verify("--repeat 3").out, HasSubstr("; 3 times, "));
  EXPECT_THAT(exercise.Verify("--repeat 2 --load").out, Not(HasSubstr("nothing has changed")));
}

TEST(Verify, DoesNoRepetitionAgain) {
  const Exercise exercise;
  const int runs = exercise.Found("--repeat 2").at("runs");
  // Nobody else could say that they were a million.
  const Ran changed =
      Shell("sed -i 's/\"runs\": [0-9]*/\"runs\": 1000000/' .cache/plumbline/verified/*.json",
            exercise.path());
  ASSERT_EQ(changed.status, 0) << changed.err;
  const json more = exercise.Found("--repeat 3");
  EXPECT_EQ(more.at("repetitions"), 3);
  EXPECT_EQ(more.at("runs"), 1'000'000 + runs / 2);
}

TEST(Verify, WritesReports) {
  const Exercise exercise;
  const Ran ran = exercise.Verify("--no-cache --report r.md --report r.json");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(Content(exercise.path() / "r.md"), HasSubstr("| `says` | 0 |"));
  EXPECT_EQ(json::parse(Content(exercise.path() / "r.json")).at(0).at("proven"), true);
}

TEST(Verify, RefusesWhatIsNoExercise) {
  const Folder folder;
  const Ran ran = Shell("$P verify nothing-here", folder.path());
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("nothing-here"));
}

// --- Every way in which a call is changed, by a program that makes them all.

constexpr const char* kMutable = R"(#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
static void on(int s) { (void)s; }
int main(void) {
  int p[2];
  pipe(p);
  struct sigaction a = {.sa_handler = on, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &a, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  sigprocmask(SIG_BLOCK, &set, NULL);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  pid_t child = fork();
  if (child == 0) {
    setsid();
    dup2(p[1], 1);
    close(p[0]);
    execlp("echo", "echo", "three", NULL);
    _exit(9);
  }
  setpgid(0, 0);
  close(p[1]);
  char text[8];
  ssize_t n = read(p[0], text, sizeof text);
  write(1, text, n);
  waitpid(child, NULL, 0);
  kill(getpid(), SIGUSR1);
  int f = open("old", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  write(f, "x", 1);
  ftruncate(f, 1);
  fchmod(f, 0640);
  flock(f, LOCK_EX);
  int g = open("log", O_WRONLY | O_CREAT | O_APPEND, 0644);
  fcntl(g, F_SETFD, FD_CLOEXEC);
  int h = open("new", O_WRONLY | O_CREAT | O_EXCL, 0600);
  close(h);
  unlink("new");
  mkfifo("fifo", 0600);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  int yes = 1;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(7)};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(s, (struct sockaddr *)&at, sizeof at);
  listen(s, 5);
  int q[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, q);
  send(q[0], "x", 1, 0);
  shutdown(q[0], SHUT_WR);
  void *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  (void)m;
  int sem = semget(IPC_PRIVATE, 1, 0600);
  struct sembuf up = {0, 1, 0};
  semop(sem, &up, 1);
  semctl(sem, 0, IPC_RMID);
  int shm = shmget(IPC_PRIVATE, 1, 0600);
  shmctl(shm, IPC_RMID, NULL);
  alarm(1000);
  struct itimerval timer = {.it_value = {1000, 0}};
  setitimer(ITIMER_REAL, &timer, NULL);
  int t = timerfd_create(CLOCK_MONOTONIC, 0);
  struct itimerspec spec = {.it_value = {1000, 0}};
  timerfd_settime(t, 0, &spec, NULL);
  struct timespec nap = {1, 0};
  nanosleep(&nap, NULL);
  exit(3);
}
)";

TEST(Verify, ChangesEveryCall) {
  const Exercise exercise;
  std::string spec = kSpec;
  spec.replace(spec.find("[sh]"), 4, "[c]");
  // Whoever is asked for more than this kills them all, and none of the rest.
  exercise.Write("exercise.yaml", spec +
                                      "  - {id: signals, signals.sent: {signals: [USR1], "
                                      "count: 1}}\n");
  exercise.Remove("solutions/sh");
  exercise.Remove("starter/sh");
  exercise.Write("solutions/c/main.c", kMutable);
  exercise.Write("starter/c/main.c", "int main(void) { return 0; }\n");
  const json verified = exercise.Found();
  std::set<std::string> ways;
  for (const auto& [mutant, fate] : FatesOf(verified))
    ways.insert(mutant.substr(0, mutant.find_first_of("(@")) + mutant.substr(mutant.rfind('=')));
  for (const char* way : {"alarm=skip",
                          "bind=any-address",
                          "close=skip",
                          "dup2=skip",
                          "dup2=swap",
                          "execve=drop-argument",
                          "exit_group=other-status",
                          "fchmod=skip",
                          "fcntl=skip",
                          "flock=skip",
                          "kill=skip",
                          "kill=twice",
                          "listen=no-backlog",
                          "mknodat=mode",
                          "mknodat=skip",
                          "mmap=private",
                          "openat=mode",
                          "openat=no-append",
                          "openat=no-exclusion",
                          "openat=no-truncate",
                          "rt_sigaction=no-restart",
                          "rt_sigaction=skip",
                          "rt_sigprocmask=skip",
                          "rt_sigprocmask=skip-unblock",
                          "semctl=skip",
                          "semtimedop=skip",
                          "sendto=skip",
                          "sendto=twice",
                          "setitimer=skip",
                          "setpgid=skip",
                          "setsid=skip",
                          "setsockopt=skip",
                          "shmctl=skip",
                          "shutdown=skip",
                          "timerfd_settime=skip",
                          "unlink=skip",
                          "wait4=skip",
                          "write=skip",
                          "write=twice"})
    EXPECT_THAT(ways, Contains(way));
  // What the checks look at is noticed, by the check that looks at it.
  std::map<std::string, json> killed;
  for (const json& one : verified.at("mutants")) {
    if (one.at("fate") == "killed") killed[one.at("mutant").get<std::string>()] = one.at("lost");
  }
  const auto lost_by = [&](const std::string& mutant) {
    for (const auto& [text, lost] : killed) {
      if (text.starts_with(mutant.substr(0, mutant.find('='))) &&
          text.ends_with(mutant.substr(mutant.find('='))))
        return lost;
    }
    return json();
  };
  EXPECT_EQ(lost_by("kill@=twice"), json::array({"signals"}));
  EXPECT_EQ(lost_by("kill@=skip"), json::array({"signals"}));
  EXPECT_EQ(lost_by("exit_group@=other-status"), json::array({"status"}));
  EXPECT_EQ(lost_by("rt_sigaction@=skip"), json::array({"status"}));
  EXPECT_EQ(lost_by("execve@=drop-argument"), json::array({"says"}));
  EXPECT_EQ(lost_by("write@=twice"), json::array({"says"}));
  EXPECT_EQ(FatesOf(verified).size(), verified.at("mutants").size());
}

}  // namespace
}  // namespace plumbline::e2e

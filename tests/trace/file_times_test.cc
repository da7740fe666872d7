// SPDX-License-Identifier: MIT
// Times of files in virtual time.
// plumbline: subject is time
#include "trace/clock/file_times.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/unique_fd.h"
#include "tests/trace/harness.h"
#include "trace/clock/times.h"
#include "trace/clock/virtual_time.h"

namespace plumbline::trace::testing {
namespace {

using namespace std::chrono_literals;
using clock::FileTimes;
using ::testing::HasSubstr;

Duration Stamped() {
  const UniqueFd file(::memfd_create("file", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), "x", 1), 1);
  struct stat status{};
  ::fstat(file.get(), &status);
  return *clock::ToDuration(status.st_mtim);
}

class FileTimesTest : public ::testing::Test {
 protected:
  void JumpBy(Duration time) {
    const Duration before = date_;
    date_ += time;
    times_.Jumped(before, date_);
  }
  Duration date_ = std::chrono::seconds(::time(nullptr)) + 1s;
  FileTimes times_{[this] { return date_; }};
};

TEST_F(FileTimesTest, AreTheKernelsUntilTheFirstJump) {
  const Duration stamp = Stamped();
  times_.Begin(false);
  EXPECT_FALSE(times_.matter());
  EXPECT_EQ(times_.Told(stamp), stamp);
  JumpBy(1h);
  EXPECT_EQ(times_.Told(stamp), stamp) << "what was told stays true";
}

TEST_F(FileTimesTest, HaveEachJumpBetweenThem) {
  times_.Begin(false);
  Duration last = times_.Told(Stamped());
  for (int jump = 0; jump < 20; ++jump) {
    JumpBy(1h);
    const Duration next = times_.Told(Stamped());
    EXPECT_GE(next - last, 59min);
    EXPECT_LE(next, date_);
    last = next;
  }
}

TEST_F(FileTimesTest, AreTheRunsDateWhereItHasOne) {
  const Duration older = Stamped();
  date_ = 2000000000s;
  times_.Begin(true);
  EXPECT_EQ(times_.Told(Stamped()), date_);
  EXPECT_EQ(times_.Told(older), older);
}

TEST_F(FileTimesTest, StayOnceTheyWereTold) {
  times_.Begin(false);
  JumpBy(1h);
  const Duration stamp = Stamped();
  const Duration told = times_.Told(stamp);
  date_ += 1ms;
  times_.Told(Stamped());
  JumpBy(2h);
  EXPECT_EQ(times_.Told(stamp), told);
}

TEST_F(FileTimesTest, AreAsAProgramSetThem) {
  times_.Begin(false);
  JumpBy(1h);
  const Duration stamp = Stamped();
  times_.NoteSet(stamp);
  EXPECT_EQ(times_.Told(stamp), stamp);
  EXPECT_EQ(times_.Told(date_ + 24h), date_ + 24h);
}

// --- As programs see them.

class FilesOf : public TraceTest {};
FOR_EACH_ACCOUNT(FilesOf);

std::string Says(const char* program, const std::string& text,
                 std::optional<Duration> date = std::nullopt,
                 const std::set<Facet>& observed = {}) {
  TracedRun run({.observed = observed});
  run.tracer().time().Begin(VirtualTime::Mode::kVirtual, date);
  run.StartCommand({program, "-c", text});
  run.RunToEnd();
  EXPECT_EQ(run.Errors(), "") << ::testing::PrintToString(run.Story());
  return run.Output();
}

constexpr const char* kShell = R"(
cd /tmp
touch a; sleep 3600; touch b; sleep 3600; touch c
[ b -nt a ] && [ c -nt b ] && ! [ a -nt b ] && echo newer
find . -newer b -type f
echo $(($(stat -c %Y b) - $(stat -c %Y a))) $(($(date +%s) - $(stat -c %Y c)))
find . -mmin +59 -type f | sort
)";

TEST_P(FilesOf, ShellsAndTheToolsThatTheyCall) {
  Supervised([] {
    for (const char* shell : {"/bin/sh", "/bin/bash"}) {
      const std::string said = Says(shell, kShell);
      EXPECT_THAT(said, ::testing::MatchesRegex("newer\n./c\n(3600|3601) (0|1)\n./a\n./b\n"))
          << shell;
    }
  });
}

TEST_P(FilesOf, WhenAllIsFollowed) {
  Supervised([] {
    EXPECT_THAT(Says("/bin/bash", kShell, {}, Everything()), HasSubstr("newer\n./c\n360"));
  });
}

TEST_P(FilesOf, AMakefile) {
  Supervised([] {
    const std::string said = Says("/bin/sh", R"(
cd /tmp
printf 'x: a\n\t@echo made; touch x\n' > Makefile
touch a; sleep 10; make; sleep 10; make -q && echo fresh; touch a; make
)");
    EXPECT_EQ(said, "made\nfresh\nmade\n");
  });
}

// Without a call in between that stops.
TEST_P(FilesOf, WhoAsksAtOnce) {
  Supervised([] {
    const std::string said = Says("/usr/bin/python3", R"(
import os, subprocess, time
os.chdir("/tmp")
def age(name): return time.time() - os.stat(name).st_mtime
open("a", "w").close()
fd = os.open("a", os.O_RDONLY)
time.sleep(3600)
print(round(time.time() - os.stat("a").st_mtime, -1), round(time.time() - os.fstat(fd).st_mtime, -1))
open("b", "w").close()
print(0 <= age("b") < 2, age("/usr/bin/env") > 3600)
subprocess.run(["sleep", "600"])
print(round(age("b"), -1), round(os.stat("b").st_mtime - os.stat("a").st_mtime, -1))
)");
    EXPECT_EQ(said, "3600.0 3600.0\nTrue True\n600.0 3600.0\n");
  });
}

TEST_P(FilesOf, WhoReadsMeanwhile) {
  Supervised([] {
    const std::string said = Says("/usr/bin/python3", R"(
import os, time
os.chdir("/tmp")
here, there = os.pipe()
if os.fork() == 0:
    open("a", "w").close()
    time.sleep(3600)
    open("b", "w").close()
    os.write(there, b"x")
    os._exit(0)
os.read(here, 1)
print(round(os.stat("b").st_mtime - os.stat("a").st_mtime, -1))
)");
    EXPECT_EQ(said, "3600.0\n");
  });
}

TEST_P(FilesOf, WhoSetsThem) {
  Supervised([] {
    const std::string said = Says("/usr/bin/python3", R"(
import os, time
os.chdir("/tmp")
for name in "ab": open(name, "w").close()
time.sleep(3600)
now = int(time.time())
for ns in (now * 10**9 + 123456789, (now - 1800) * 10**9 + 1, (now + 1800) * 10**9 + 999999999):
    os.utime("a", ns=(ns, ns))
    print(os.stat("a").st_mtime_ns == ns, os.stat("a").st_atime_ns == ns)
time.sleep(10)
print(os.stat("a").st_mtime_ns == ns)
os.utime("a")
print(0 <= time.time() - os.stat("a").st_mtime < 2)
)");
    EXPECT_EQ(said, "True True\nTrue True\nTrue True\nTrue\nTrue\n");
  });
}

TEST_P(FilesOf, ARunWithADateOfItsOwn) {
  Supervised([] {
    const std::string said =
        Says("/bin/sh", "cd /tmp; touch a; stat -c %y a; date -r a +%F", 1893456000s);
    EXPECT_THAT(said, ::testing::MatchesRegex("2030-01-01 00:00:0.*\n2030-01-01\n"));
  });
}

TEST_P(FilesOf, ThreadsThatWaitForOneAnother) {
  Supervised([] {
    const std::string said = Says("/usr/bin/python3", R"(
import os, threading, time
os.chdir("/tmp")
def sleeper(n):
    open(str(n), "w").close()
    time.sleep(60)
    os.stat(str(n))
threads = [threading.Thread(target=sleeper, args=(n,)) for n in range(5)]
for thread in threads: thread.start()
for thread in threads: thread.join()
open("last", "w").close()
print(all(55 < os.stat("last").st_mtime - os.stat(str(n)).st_mtime < 65 for n in range(5)))
)");
    EXPECT_EQ(said, "True\n");
  });
}

}  // namespace
}  // namespace plumbline::trace::testing

// SPDX-License-Identifier: MIT
#include "cli/crew.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iterator>
#include <set>
#include <sstream>

#include "base/io.h"
#include "cli/capacity.h"

namespace plumbline::cli {
namespace {

using scenario::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Crew::Options Stub(size_t most = 0) {
  return {.program = STUB_SUPERVISOR, .verbose = false, .most = most};
}

constexpr std::chrono::minutes kFar(5);  // never reached in a test that passes

Job JobOf(const std::string& what, const std::string& name, Duration deadline = kFar) {
  scenario::Plan plan;
  plan.exercise = what;
  plan.scenario.name = name;
  return {std::move(plan), "scenario " + name, deadline};
}

std::string Said(const Answer& answer) {
  if (const auto* recording = std::get_if<record::Recording>(&answer))
    return recording->header.scenario;
  return "error: " + std::get<Error>(answer).message;
}

std::vector<std::string> Said(const std::vector<Answer>& answers) {
  std::vector<std::string> all;
  for (const Answer& answer : answers) all.push_back(Said(answer));
  return all;
}

TEST(Crew, AnswersInTheOrderAsked) {
  Crew crew(Stub());
  std::vector<Job> jobs;
  std::vector<std::string> names;
  for (int i = 0; i < 20; ++i) {
    names.push_back("s" + std::to_string(i));
    jobs.push_back(JobOf("echo", names.back()));
  }
  const auto answers = crew.Do(std::move(jobs));
  ASSERT_TRUE(answers);
  EXPECT_EQ(Said(*answers), names);
}

TEST(Crew, TellsProgress) {
  Crew crew(Stub());
  std::vector<size_t> seen;
  std::vector<Job> jobs;
  jobs.push_back(JobOf("echo", "a"));
  jobs.push_back(JobOf("crash", "b"));
  ASSERT_TRUE(crew.Do(std::move(jobs), [&](size_t done, size_t all) {
    seen.push_back(done);
    EXPECT_EQ(all, 2u);
  }));
  EXPECT_THAT(seen, ElementsAre(1, 2));
}

// What an answer asks for is done before what waits, and by whoever has nothing to do.
TEST(Crew, DoesFirstWhatAnAnswerAsksFor) {
  Crew crew(Stub(1));
  std::vector<Job> jobs;
  for (const char* name : {"a", "b"}) jobs.push_back(JobOf("echo", name));
  std::vector<std::string> seen;
  std::vector<size_t> numbers;
  ASSERT_TRUE(crew.DoEach(std::move(jobs), [&](size_t job, const Answer& answer) {
    numbers.push_back(job);
    seen.push_back(Said(answer));
    std::vector<Job> more;
    if (seen.back().size() == 1) {
      for (const char* name : {"1", "2", "3"}) more.push_back(JobOf("echo", seen.back() + name));
    }
    return more;
  }));
  EXPECT_THAT(seen, ElementsAre("a", "a1", "a2", "a3", "b", "b1", "b2", "b3"));
  EXPECT_THAT(numbers, ElementsAre(0, 2, 3, 4, 1, 5, 6, 7));
}

TEST(Crew, SharesWhatAnAnswerAsksFor) {
  cpu_set_t set;
  ASSERT_EQ(::sched_getaffinity(0, sizeof(set), &set), 0);
  if (CPU_COUNT(&set) < 2) GTEST_SKIP() << "needs: two processors";
  Crew crew(Stub(2));
  std::vector<Job> jobs;
  jobs.push_back(JobOf("echo", "a"));
  std::set<std::string> processors;
  ASSERT_TRUE(crew.DoEach(std::move(jobs), [&](size_t job, const Answer& answer) {
    std::vector<Job> more;
    if (job == 0) {
      for (const char* name : {"b", "c"}) more.push_back(JobOf("echo", name));
    } else {
      processors.insert(std::get<record::Recording>(answer).streams.at("said").bytes);
    }
    return more;
  }));
  EXPECT_EQ(processors.size(), 2U) << "who had nothing to do takes the second";
}

TEST(Crew, TakesMoreJobsAfterTheFirst) {
  Crew crew(Stub());
  for (const char* name : {"a", "b"}) {
    std::vector<Job> jobs;
    jobs.push_back(JobOf("echo", name));
    const auto answers = crew.Do(std::move(jobs));
    ASSERT_TRUE(answers);
    EXPECT_THAT(Said(*answers), ElementsAre(name));
  }
  EXPECT_TRUE(crew.Do({})->empty());
}

TEST(Crew, LosesOneRunToASupervisorThatEnds) {
  Crew crew(Stub(1));
  std::vector<Job> jobs;
  jobs.push_back(JobOf("echo", "a"));
  jobs.push_back(JobOf("crash", "b"));
  jobs.push_back(JobOf("killed", "c"));
  jobs.push_back(JobOf("garbage", "d"));
  jobs.push_back(JobOf("echo", "e"));
  const auto answers = crew.Do(std::move(jobs));
  ASSERT_TRUE(answers);
  EXPECT_THAT(
      Said(*answers),
      ElementsAre("a", "error: the supervisor of scenario b ended with status 7 before it answered",
                  "error: the supervisor of scenario c was killed by SIGKILL before it answered",
                  "error: a frame of 4 bytes", "e"));
  EXPECT_THAT(std::get<Error>(answers->at(1)).hint, HasSubstr("run it again"));
}

TEST(Crew, TakesTheAnswerOfASupervisorThatEndsAtOnce) {
  for (int i = 0; i < 20; ++i) {
    Crew crew(Stub(1));
    std::vector<Job> jobs;
    jobs.push_back(JobOf("last", "a"));
    const auto answers = crew.Do(std::move(jobs));
    ASSERT_TRUE(answers);
    EXPECT_THAT(Said(*answers), ElementsAre("a"));
  }
}

TEST(Crew, KillsWhoIsSilentPastTheDeadline) {
  Crew crew(Stub(1));
  std::vector<Job> jobs;
  jobs.push_back(JobOf("silent", "a", std::chrono::milliseconds(30)));
  jobs.push_back(JobOf("echo", "b"));
  const auto answers = crew.Do(std::move(jobs));
  ASSERT_TRUE(answers);
  EXPECT_THAT(Said(*answers),
              ElementsAre("error: scenario a gave no answer within 30 ms of real time", "b"));
}

TEST(Crew, SaysWhenASupervisorCannotBeStarted) {
  Crew crew({.program = "/nowhere/plumbline"});
  std::vector<Job> jobs;
  jobs.push_back(JobOf("echo", "a"));
  jobs.push_back(JobOf("echo", "b"));
  const auto answers = crew.Do(std::move(jobs));
  ASSERT_TRUE(answers);
  for (const Answer& answer : *answers)
    EXPECT_EQ(Said(answer), "error: start /nowhere/plumbline: No such file or directory");
}

// The processors that so many jobs ran on.
std::multiset<int> ProcessorsOf(Crew& crew, size_t jobs) {
  std::vector<Job> all;
  for (size_t i = 0; i < jobs; ++i) all.push_back(JobOf("echo", "s"));
  const auto answers = crew.Do(std::move(all));
  std::multiset<int> processors;
  for (const Answer& answer : answers.value_or(std::vector<Answer>()))
    processors.insert(std::stoi(std::get<record::Recording>(answer).streams.at("said").bytes));
  return processors;
}

TEST(Crew, GivesEachSupervisorAProcessorOfItsOwn) {
  cpu_set_t set;
  ASSERT_EQ(::sched_getaffinity(0, sizeof(set), &set), 0);
  const size_t count = JobsAtOnce(static_cast<size_t>(CPU_COUNT(&set)), 1, AvailableMemory());
  Crew crew(Stub());
  const auto processors = ProcessorsOf(crew, count);
  EXPECT_EQ(std::set<int>(processors.begin(), processors.end()).size(), count);
  for (const int cpu : processors) EXPECT_TRUE(CPU_ISSET(static_cast<size_t>(cpu), &set));
}

TEST(Crew, PutsSeveralSupervisorsOnAProcessorIfAsked) {
  constexpr size_t kEach = 3;
  const size_t count = JobsAtOnce(1, kEach, AvailableMemory());
  if (count < kEach) GTEST_SKIP() << "needs: memory for " << kEach << " supervisors";
  Crew::Options options = Stub(1);
  options.each = kEach;
  Crew crew(options);
  const auto processors = ProcessorsOf(crew, kEach);
  ASSERT_EQ(processors.size(), kEach);
  EXPECT_EQ(processors.count(*processors.begin()), kEach);
  const std::string self = std::to_string(::getpid());
  std::istringstream children(ReadProc(("/proc/self/task/" + self + "/children").c_str()));
  const std::istream_iterator<pid_t> first(children), last;
  EXPECT_EQ(static_cast<size_t>(std::distance(first, last)), kEach);
}

TEST(Crew, StartsSupervisorsWithFourDescriptorsAlone) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);  // not close-on-exec: still not theirs
  const UniqueFd reader(ends[0]), writer(ends[1]);
  Crew crew(Stub());
  std::vector<Job> jobs;
  jobs.push_back(JobOf("inherited", "a"));
  const auto answers = crew.Do(std::move(jobs));
  ASSERT_TRUE(answers);
  // The task's own memory has been closed by then.
  EXPECT_EQ(std::get<record::Recording>(answers->front()).streams.at("said").bytes, "0 1 2 3 ");
}

TEST(Crew, LeavesNothingOfASupervisorThatWasKilled) {
  const auto folder = std::filesystem::path(::testing::TempDir());
  const std::string file = folder / ("orphan" + std::to_string(::getpid()));
  {
    Crew crew(Stub(1));
    std::vector<Job> jobs;
    Job job = JobOf("orphan", "a");
    std::get<scenario::Plan>(job.task).language = file;
    jobs.push_back(std::move(job));
    ASSERT_TRUE(crew.Do(std::move(jobs)));
  }
  const auto orphan = ReadFile(file);
  ASSERT_TRUE(orphan);
  EXPECT_EQ(::kill(std::stoi(*orphan), 0), -1);
  EXPECT_EQ(errno, ESRCH);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  std::filesystem::remove(file);
}

void AwaitDeath(pid_t pid) {
  const UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  pollfd ended{end.get(), POLLIN, 0};
  ASSERT_EQ(::poll(&ended, 1, 60'000), 1);
}

// Its process ends first and its socket then, and both are seen at one look: the news of the socket
// must not be taken for news of the supervisor that comes after it.
TEST(Crew, DoesNotTakeOneSupervisorsEndForAnothers) {
  const auto folder = std::filesystem::path(::testing::TempDir());
  const std::string file = folder / ("held" + std::to_string(::getpid()));
  cpu_set_t set;
  ASSERT_EQ(::sched_getaffinity(0, sizeof(set), &set), 0);
  if (CPU_COUNT(&set) < 2) GTEST_SKIP() << "needs: two processors";
  Crew crew(Stub(2));
  std::vector<Job> jobs;
  Job held = JobOf("held", "a");
  std::get<scenario::Plan>(held.task).language = file;
  jobs.push_back(std::move(held));
  for (const char* name : {"b", "c", "d"}) jobs.push_back(JobOf("echo", name));
  const auto answers = crew.Do(std::move(jobs), [&](size_t done, size_t) {
    if (done != 1) return;
    while (!std::filesystem::exists(file)) ::sched_yield();
    std::istringstream numbers(ReadFile(file).value());
    pid_t supervisor = 0, other = 0;
    numbers >> supervisor >> other;
    ::kill(supervisor, SIGKILL);
    AwaitDeath(supervisor);
    AwaitDeath(other);
  });
  ASSERT_TRUE(answers);
  EXPECT_THAT(
      Said(*answers),
      ElementsAre("error: the supervisor of scenario a was killed by SIGKILL before it answered",
                  "b", "c", "d"));
  std::filesystem::remove(file);
}

TEST(Crew, StopsAtASignalAndKeepsToIt) {
  Crew crew(Stub());
  std::vector<Job> jobs;
  jobs.push_back(JobOf("silent", "a"));
  jobs.push_back(JobOf("echo", "b"));
  // Once one has answered, all are under way.
  const auto answers = crew.Do(std::move(jobs), [](size_t, size_t) { ::raise(SIGINT); });
  ASSERT_FALSE(answers);
  EXPECT_EQ(answers.error().signal, SIGINT);
  std::vector<Job> more;
  more.push_back(JobOf("echo", "c"));
  EXPECT_FALSE(crew.Do(std::move(more)));
}

TEST(Crew, WaitsForADescriptorOrASignal) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]), writer(ends[1]);
  Crew crew(Stub());
  ASSERT_TRUE(WriteAll(writer.get(), "x"));
  EXPECT_TRUE(crew.AwaitReadable(reader.get()));
  EXPECT_TRUE(crew.AwaitReadable(reader.get()));
  char byte = 0;
  ASSERT_EQ(::read(reader.get(), &byte, 1), 1);
  ::raise(SIGTERM);
  const auto ready = crew.AwaitReadable(reader.get());
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().signal, SIGTERM);
}

}  // namespace
}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
// Each attack of attacks.json, graded from each account and on each rung that this machine has: the
// harm did not happen, nothing stays, there is a grade or a clear finding, and the grader goes on.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <set>

#include "tests/hostile/grading.h"
#include "tests/hostile/outside.h"
#include "tests/hostile/pen.h"
#include "tests/hostile/table.h"

namespace plumbline::hostile {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kSkipped = 77;
constexpr size_t kMostShown = 4000;  // of what an attack says

const std::vector<Attack>& Table() {
  static const std::vector<Attack> table = ReadTable(PLUMBLINE_HOSTILE "/attacks.json");
  return table;
}

// Where an attack is tried.
struct Stand {
  std::string name;
  std::string rung;
  bool unprivileged = false;
};
std::vector<Stand> Stands() {
  if (::geteuid() != 0) return {{"own account", "auto"}};
  return {{"root on A", "A"}, {"root on B", "B"}, {"no privileges on B", "B", true}};
}

// Does `body` in a child process, whose failures count here: it changes accounts and namespaces.
void InChild(const std::function<void()>& body) {
  ::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    body();
    ::fflush(nullptr);
    ::_exit(::testing::Test::IsSkipped() ? kSkipped : ::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "killed by " << WTERMSIG(status);
  if (WEXITSTATUS(status) == kSkipped) GTEST_SKIP() << "needs: what the skipped part says above";
  EXPECT_EQ(WEXITSTATUS(status), 0) << "see above";
}

// What is looked at shall change by nobody else's doing.
void LeaveTheOthers() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (::geteuid() != 0) return;
  ASSERT_EQ(::unshare(CLONE_NEWIPC | CLONE_NEWUTS), 0);
}

void BecomeNobody() {
  constexpr unsigned kNobody = 65534;
  ASSERT_EQ(::setgroups(0, nullptr), 0);
  ASSERT_EQ(::setresgid(kNobody, kNobody, kNobody), 0);
  ASSERT_EQ(::setresuid(kNobody, kNobody, kNobody), 0);
  ::prctl(PR_SET_DUMPABLE, 1);
}

// A folder of a test's own, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = ::testing::TempDir() + "plumbline-hostile-XXXXXX";
    path_ = ::mkdtemp(name.data());
    fs::permissions(path_, fs::perms(0755));
    fs::create_directory(path_ / "outside");
    fs::permissions(path_ / "outside", fs::perms(0777));
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::vector<std::string> FilesLeft(const fs::path& folder) {
  static const std::set<std::string> kOurs{"outside", "endure", "submission", "runs", "cache"};
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!kOurs.contains(entry.path().filename())) left.push_back(entry.path().filename());
  }
  return left;
}

// --- What a grade says.

std::set<std::string> FindingsIn(const json& grade) {
  std::set<std::string> findings;
  for (const json& check : grade.at("checks")) {
    const std::string verdict = check.at("verdict");
    if (verdict == "passed") continue;
    const json& first = check.at("findings");
    findings.insert(check.at("id").get<std::string>() + ": " +
                    (first.empty() ? verdict : first.front().at("code").get<std::string>()));
  }
  return findings;
}

const json* ScenarioIn(const json& grade, const std::string& name) {
  for (const json& scenario : grade.at("scenarios")) {
    if (scenario.at("name") == name) return &scenario;
  }
  return nullptr;
}

std::string WordsOf(const Graded& graded) {
  std::string words;
  if (graded.recording) {
    for (const auto& [name, stream] : graded.recording->streams) words += stream.bytes;
  }
  for (const json& diagnostic : graded.grade.at("build").at("diagnostics"))
    words += diagnostic.at("file").get<std::string>() + ": " +
             diagnostic.at("message").get<std::string>() + "\n";
  std::erase(words, '\r');  // of a terminal
  return words;
}

void ExpectGrade(const Attack& attack, const Graded& graded) {
  ASSERT_TRUE(graded.grade.is_object()) << graded.err;
  EXPECT_LE(graded.status, 1) << graded.err;
  EXPECT_FALSE(graded.grade.at("points").is_null()) << "a check is in error";
  const json* const run = ScenarioIn(graded.grade, "attack");
  ASSERT_NE(run, nullptr);
  EXPECT_EQ(run->at("outcome"), attack.outcome);
  EXPECT_EQ(run->at("status"), attack.status);
  const std::set<std::string> found = FindingsIn(graded.grade);
  std::set<std::string> expected(attack.finds.begin(), attack.finds.end());
  if (attack.outcome != "not-built") {
    EXPECT_EQ(found, expected);
    EXPECT_FALSE(found.contains("calm: wrong-text")) << "the run after the attack was spoiled";
  }
  const std::string words = WordsOf(graded);
  for (const std::string& line : attack.says)
    EXPECT_TRUE(words.contains(line + "\n")) << "not said: " << line;
  if (::testing::Test::HasFailure())
    std::cout << "It said:\n" << words.substr(0, kMostShown) << graded.err;
}

void ExpectRefusal(const Attack& attack, const Graded& graded) {
  EXPECT_EQ(graded.status, 2);
  EXPECT_THAT(graded.err, HasSubstr(attack.refused));
  EXPECT_TRUE(graded.grade.is_null());
}

void ExpectNothingHappened(const Outside& outside, const Pen& pen, const Folder& folder) {
  EXPECT_THAT(outside.Harm(), IsEmpty());
  EXPECT_THAT(pen.Left({outside.bystander()}), IsEmpty());
  EXPECT_THAT(FilesLeft(folder.path()), IsEmpty());
}

void Try(const Attack& attack, const Stand& stand, const UniqueFd& program) {
  LeaveTheOthers();
  const Pen pen;
  if (stand.unprivileged) BecomeNobody();
  const Folder folder;
  const Outside outside(folder.path() / "outside");
  const Grader grader(program, folder.path(), stand.rung);
  const Graded graded = grader.Grade(attack, outside);
  if (attack.refused.empty())
    ExpectGrade(attack, graded);
  else
    ExpectRefusal(attack, graded);
  ExpectNothingHappened(outside, pen, folder);
  // The machine answers, and so does the grader.
  const Graded after = grader.Grade(Harmless(), outside);
  EXPECT_EQ(after.status, 0) << after.err;
}

class Attacks : public ::testing::TestWithParam<Attack> {};

TEST_P(Attacks, AreHeld) {
  const UniqueFd program(::open(PLUMBLINE_PROGRAM, O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(program) << PLUMBLINE_PROGRAM;
  for (const Stand& stand : Stands()) {
    if (!GetParam().IsFor(stand.rung)) continue;
    SCOPED_TRACE(stand.name);
    InChild([&] { Try(GetParam(), stand, program); });
    if (IsSkipped()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Attacks, ::testing::ValuesIn(Table()),
                         [](const ::testing::TestParamInfo<Attack>& info) {
                           return info.param.category + "_" + info.param.name;
                         });

// --- What looks for harm finds it.

void Connect(int type, int port) {
  const UniqueFd socket(::socket(AF_INET, type, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const bool sent = type != SOCK_DGRAM || ::send(socket.get(), "x", 1, 0) == 1;
  ASSERT_TRUE(sent);
}

class Harm : public ::testing::Test {
 protected:
  // What is seen once `deed` has been done outside.
  static void AfterDeed(const std::function<void(const Outside&)>& deed, const char* seen) {
    InChild([&] {
      LeaveTheOthers();
      const Folder folder;
      const Outside outside(folder.path() / "outside");
      EXPECT_THAT(outside.Harm(), IsEmpty());
      deed(outside);
      EXPECT_THAT(outside.Harm(), ::testing::Contains(HasSubstr(seen)));
    });
  }
  static int Number(const Outside& outside, const char* word) {
    return std::stoi(outside.words().at(word));
  }
};

TEST_F(Harm, OfAFile) {
  AfterDeed([](const Outside& o) { std::ofstream(o.words().at("@FILE@")) << "x"; },
            "the file outside was changed");
  AfterDeed([](const Outside& o) { std::ofstream(o.words().at("@FILE@") + "2") << "x"; },
            "there is a file outside: canary2");
}

TEST_F(Harm, OfAProcess) {
  AfterDeed([](const Outside& o) { ::kill(Number(o, "@PID@"), SIGKILL); },
            "the process outside was reached");
  AfterDeed(
      [](const Outside& o) { ::setpriority(PRIO_PROCESS, static_cast<id_t>(o.bystander()), 19); },
      "the process outside was slowed");
}

TEST_F(Harm, OfListeners) {
  AfterDeed([](const Outside& o) { Connect(SOCK_STREAM, Number(o, "@TCP@")); },
            "connected to the port outside");
  AfterDeed([](const Outside& o) { Connect(SOCK_DGRAM, Number(o, "@TCP@")); },
            "sent to the port outside");
}

TEST_F(Harm, OfSharedMemory) {
  AfterDeed(
      [](const Outside& o) {
        void* const start = ::shmat(Number(o, "@SHM@"), nullptr, 0);
        std::memset(start, 'x', 1);
        ::shmdt(start);
      },
      "the shared memory outside was changed");
}

TEST_F(Harm, OfAProcessThatStays) {
  AfterDeed(
      [](const Outside&) {
        if (::fork() != 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (true) ::pause();
      },
      "a process is left: ");
}

// --- The table itself.

TEST(Table, HasEachAttackOnceAndNamesAFile) {
  std::set<std::string> names;
  for (const Attack& attack : Table()) {
    EXPECT_TRUE(names.insert(attack.category + "/" + attack.name).second) << attack.name;
    EXPECT_TRUE(fs::exists(fs::path(PLUMBLINE_HOSTILE) / attack.source)) << attack.source;
    EXPECT_NE(attack.what, "") << attack.name;
    EXPECT_FALSE(attack.says.empty() && attack.refused.empty())
        << attack.name << ": nothing shows that it ran";
  }
}

TEST(Table, NamesEachFile) {
  std::set<std::string> sources;
  for (const Attack& attack : Table()) sources.insert(attack.source);
  for (const char* category : {"escape", "exhaustion", "output", "build"}) {
    const fs::path folder = fs::path(PLUMBLINE_HOSTILE) / category;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder))
      EXPECT_TRUE(sources.contains(category + ("/" + entry.path().filename().string())))
          << entry.path();
  }
}

}  // namespace
}  // namespace plumbline::hostile

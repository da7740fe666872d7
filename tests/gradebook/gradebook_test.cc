// SPDX-License-Identifier: MIT
#include "gradebook/gradebook.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sample_book.h"

namespace plumbline::gradebook {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Book : public SampleBook {};

TEST_F(Book, KeepsWhatIsPutIn) {
  (void)Filled();
  Gradebook book = Open();
  EXPECT_THAT(*book.Students(), SizeIs(2));
  const auto attempts = book.Attempts("pipes", "u1");
  ASSERT_TRUE(attempts);
  ASSERT_THAT(*attempts, SizeIs(1));
  EXPECT_EQ(attempts->front().result->points, 7);
  EXPECT_EQ(attempts->front().source, "anna");
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 7);
  EXPECT_FALSE((*book.AllMarks()).at({"u2", "pipes"}).points);
}

// The first ones of a class push at the same time.
TEST_F(Book, CanBeMadeByManyAtOnce) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("plumbline-books-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  for (int book = 0; book < 40; ++book) {
    const auto path = folder / std::to_string(book);
    int start[2];
    ASSERT_EQ(::pipe(start), 0);
    for (int i = 0; i < 8; ++i) {
      if (::fork() != 0) continue;
      char byte = 0;
      ::close(start[1]);
      (void)!::read(start[0], &byte, 1);
      ::_exit(Gradebook::Open(path) ? 0 : 1);
    }
    ::close(start[0]);
    ::close(start[1]);
    int failed = 0;
    int status = 0;
    while (::wait(&status) > 0) failed += status == 0 ? 0 : 1;
    EXPECT_EQ(failed, 0) << book;
  }
  std::filesystem::remove_all(folder);
}

TEST_F(Book, KnowsWhatIsDone) {
  Gradebook book = Filled();
  const int64_t attempt = *book.AttemptOf({"u1", "pipes", "h1"}, 200, "elsewhere");
  EXPECT_TRUE(*book.IsDone(attempt, "e1", "0.1"));
  EXPECT_FALSE(*book.IsDone(attempt, "e2", "0.1"));
  EXPECT_FALSE(*book.IsDone(attempt, "e1", "0.2"));
  const int64_t other = *book.AttemptOf({"u1", "pipes", "h2"}, 200, "anna");
  EXPECT_NE(other, attempt);
  EXPECT_FALSE(*book.IsDone(other, "e1", "0.1"));
  ResultRow failed = Result(0);
  failed.state = ResultRow::State::kError;
  EXPECT_TRUE(book.PutResult(other, failed, {}));
  EXPECT_FALSE(*book.IsDone(other, "e1", "0.1")) << "an error is tried again";
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 7) << "and is never a zero";
}

// Pushed, changed, and put back to what it was.
TEST_F(Book, KnowsWhatWasHandedInAgain) {
  Gradebook book = Filled(7);
  ASSERT_TRUE(book.SetPolicy("pipes", {.attempts = Policy::Attempts::kLast}));
  const int64_t wrong = *book.AttemptOf({"u1", "pipes", "h2"}, 200, "anna");
  ASSERT_TRUE(book.PutResult(wrong, Result(1), {}));
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 1);
  const int64_t right = *book.AttemptOf({"u1", "pipes", "h1"}, 300, "anna");
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 7);
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).submitted, 300);
  // The same as before is no other hand-in, and neither is what came before others.
  EXPECT_EQ(*book.AttemptOf({"u1", "pipes", "h1"}, 400, "anna"), right);
  EXPECT_EQ(*book.AttemptOf({"u1", "pipes", "h2"}, 250, "anna"), wrong);
  const auto hand_ins = *book.HandIns("pipes", "u1");
  ASSERT_THAT(hand_ins, SizeIs(3));
  EXPECT_EQ(hand_ins[2].submitted, 300);
  EXPECT_THAT(*book.Attempts("pipes", "u1"), SizeIs(2));
}

TEST_F(Book, ForgetsNothingOfAStudent) {
  Gradebook book = Filled();
  ASSERT_TRUE(book.PutStudents({{"u1", "u1", "", ""}, {"u2", "Joan", "", ""}}));
  const auto students = *book.Students();
  EXPECT_EQ(students[0].name, "Anna Puig");
  EXPECT_EQ(students[0].email, "anna@x");
  EXPECT_EQ(students[0].section, "A");
  EXPECT_EQ(students[1].name, "Joan");
}

TEST_F(Book, KnowsWhatWasDecided) {
  Gradebook book = Filled();
  ASSERT_TRUE(book.SetPolicy("pipes", {.due = 50, .late_percent = 10}));
  ASSERT_TRUE(book.SetPolicy("pipes", {.due = std::nullopt, .late_percent = 10}));
  const auto policies = *book.Policies("pipes");
  ASSERT_THAT(policies, SizeIs(2));
  EXPECT_EQ(policies[0].policy.due, 50);
  EXPECT_EQ(policies[1].policy.due, std::nullopt);
  ASSERT_TRUE(book.Extend("u1", "pipes", 3600, "ill"));
  const auto extensions = *book.Extensions("u1", "pipes");
  ASSERT_THAT(extensions, SizeIs(1));
  EXPECT_EQ(extensions[0].reason, "ill");
  EXPECT_GT(extensions[0].at, 0);
}

// As version 1 left it.
TEST_F(Book, IsBroughtToThisVersion) {
  (void)Filled();
  {
    auto database = Database::Open(file());
    ASSERT_TRUE(database->Execute(
        "DROP TABLE hand_in; DROP TABLE policy; ALTER TABLE result DROP COLUMN scenarios; "
        "PRAGMA user_version = 1"));
  }
  Gradebook book = Open();
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 7);
  ASSERT_THAT(*book.HandIns("", ""), SizeIs(1));
  EXPECT_THAT((*book.Attempts("", ""))[0].result->scenarios, IsEmpty());
}

TEST_F(Book, KeepsRecordings) {
  Gradebook book = Filled();
  record::Recording recording;
  recording.header.scenario = "plain";
  recording.streams["submission.stdout"].bytes = std::string("a\0b\xff", 4);
  recording.outcome = record::Outcome::kExited;
  const int64_t attempt = *book.AttemptOf({"u1", "pipes", "h1"}, 100, "");
  ASSERT_TRUE(book.PutResult(attempt, Result(3), {{"plain", {recording, recording}}}));
  const auto kept = book.RecordingsOf(attempt);
  ASSERT_TRUE(kept) << kept.error().message;
  ASSERT_THAT(kept->at("plain"), SizeIs(2));
  EXPECT_EQ(record::ToJson(kept->at("plain").front()), record::ToJson(recording));
  ASSERT_TRUE(book.PutResult(attempt, Result(3), {}));
  EXPECT_THAT(*book.RecordingsOf(attempt), IsEmpty());
}

TEST_F(Book, RemembersWhyAGradeMoved) {
  Gradebook book = Filled();
  const int64_t attempt = *book.AttemptOf({"u1", "pipes", "h1"}, 100, "");
  ASSERT_TRUE(book.PutRegraded(attempt, Result(9), "joined 0 -> 2"));
  ASSERT_TRUE(book.PutRegraded(attempt, Result(9), "nothing"));
  const auto history = book.History(attempt);
  ASSERT_THAT(*history, SizeIs(1));
  EXPECT_EQ(history->front().from, 7);
  EXPECT_EQ(history->front().to, 9);
  EXPECT_EQ(history->front().why, "joined 0 -> 2");
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 9);
}

TEST_F(Book, RemembersWhoPassesOnlyNow) {
  Gradebook book = Filled(7);
  const int64_t attempt = *book.AttemptOf({"u1", "pipes", "h1"}, 100, "");
  ResultRow failed = Result(7);
  failed.passed = false;
  ASSERT_TRUE(book.PutRegraded(attempt, failed, "not passed now"));
  ASSERT_THAT(*book.History(attempt), SizeIs(1));
  ASSERT_TRUE(book.PutRegraded(attempt, failed, ""));
  EXPECT_THAT(*book.History(attempt), SizeIs(1));
}

TEST_F(Book, FollowsTheTeachersDecisions) {
  Gradebook book = Filled(10);
  ASSERT_TRUE(book.SetPolicy("pipes", {.due = 0, .late_percent = 20}));
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 8);
  ASSERT_TRUE(book.Extend("u1", "pipes", 3600, "ill"));
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 10);
  ASSERT_TRUE(book.Adjust("u1", "pipes", -2.5, "copied"));
  EXPECT_EQ((*book.AllMarks()).at({"u1", "pipes"}).points, 7.5);
  EXPECT_EQ((*book.Adjustments("u1", "pipes")).front().reason, "copied");
  EXPECT_THAT(book.Adjust("u9", "pipes", 1, "x").error().message, HasSubstr("no student 'u9'"));
  EXPECT_THAT(book.SetPolicy("fork", {}).error().message, HasSubstr("no exercise 'fork'"));
}

TEST_F(Book, TellsOfAFullDisk) {
  auto database = Database::Open(file());
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->Execute("CREATE TABLE t (x); PRAGMA max_page_count = 4"));
  auto put = Statement::Prepare(*database, "INSERT INTO t VALUES (?)");
  ASSERT_TRUE(put);
  const Status full = put->BindBlob(std::string(100'000, 'x')).Run();
  ASSERT_FALSE(full);
  EXPECT_THAT(full.error().message, HasSubstr("class.db"));
  EXPECT_THAT(full.error().hint, HasSubstr("the disk is full"));
}

// What was not committed was never there.
TEST_F(Book, KeepsNothingOfATransactionThatFailed) {
  auto database = Database::Open(file());
  ASSERT_TRUE(database->Execute("CREATE TABLE t (x)"));
  {
    auto transaction = Transaction::Begin(*database);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(database->Execute("INSERT INTO t VALUES (1)"));
  }
  auto count = Statement::Prepare(*database, "SELECT count(*) FROM t");
  ASSERT_TRUE(count->Step());
  EXPECT_EQ(count->Number(0), 0);
}

TEST_F(Book, TellsOfADamagedRecording) {
  Gradebook book = Filled();
  const int64_t attempt = *book.AttemptOf({"u1", "pipes", "h1"}, 100, "");
  {
    auto database = Database::Open(file());
    ASSERT_TRUE(database->Execute("INSERT INTO recording VALUES (" + std::to_string(attempt) +
                                  ", 'plain', 1, x'00')"));
  }
  EXPECT_THAT(book.RecordingsOf(attempt).error().message, HasSubstr("damaged"));
}

TEST_F(Book, RefusesWhatIsNone) {
  std::ofstream(file()) << "id,name\nu1,Anna\nthis is a text that is long enough to be a header\n";
  EXPECT_THAT(Gradebook::Open(file()).error().message, HasSubstr("not a database"));
  std::filesystem::remove(file());
  {
    auto database = Database::Open(file());
    ASSERT_TRUE(database->Execute("CREATE TABLE other (x)"));
  }
  EXPECT_THAT(Gradebook::Open(file()).error().message, HasSubstr("something else"));
  std::filesystem::remove(file());
  {
    auto database = Database::Open(file());
    ASSERT_TRUE(database->Execute("PRAGMA user_version = 99"));
  }
  EXPECT_THAT(Gradebook::Open(file()).error().message, HasSubstr("version 99"));
  EXPECT_FALSE(Gradebook::Open("/nowhere/class.db"));
}

// A child writes results as fast as it can, says of each when it is safe, and is killed.
TEST_F(Book, LosesNothingToAKill) {
  (void)Filled();
  for (int round = 0; round < 5; ++round) {
    int said[2];
    ASSERT_EQ(::pipe(said), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      Gradebook book = Open();
      for (int i = 0;; ++i) {
        const std::string hash = std::to_string(round) + "." + std::to_string(i);
        const auto attempt = book.AttemptOf({"u1", "pipes", hash}, i, "");
        if (!attempt || !book.PutResult(*attempt, Result(1), {})) ::_exit(1);
        if (::write(said[1], "x", 1) != 1) ::_exit(1);
      }
    }
    ::close(said[1]);
    char heard = 0;
    int safe = 0;
    while (safe < 20 + round && ::read(said[0], &heard, 1) == 1) ++safe;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(said[0]);
    Gradebook book = Open();
    int kept = 0;
    const auto attempts = book.Attempts("pipes", "u1");
    ASSERT_TRUE(attempts);
    for (const AttemptRow& attempt : *attempts) {
      if (attempt.key.submission.starts_with(std::to_string(round) + ".") && attempt.result) ++kept;
    }
    EXPECT_GE(kept, safe);
  }
}

}  // namespace
}  // namespace plumbline::gradebook

// SPDX-License-Identifier: MIT
#include "gradebook/gradebook.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

#include "gradebook/packed.h"
#include "record/recording.h"

namespace plumbline::gradebook {
namespace {

constexpr int kVersion = 2;

// Times are seconds since 1970 (UTC).
constexpr const char* kTables = R"(
CREATE TABLE student (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, section TEXT NOT NULL);
CREATE TABLE exercise (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, max_points INTEGER NOT NULL,
  attempts TEXT NOT NULL DEFAULT 'best' CHECK (attempts IN ('best', 'last')),
  due INTEGER, late_percent INTEGER NOT NULL DEFAULT 0);
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL REFERENCES student (id),
  exercise TEXT NOT NULL REFERENCES exercise (id),
  submission TEXT NOT NULL, submitted INTEGER NOT NULL, source TEXT NOT NULL,
  UNIQUE (student, exercise, submission));
CREATE TABLE result (
  attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
  state TEXT NOT NULL CHECK (state IN ('graded', 'refused', 'error')),
  exercise_hash TEXT NOT NULL, version TEXT NOT NULL, language TEXT NOT NULL,
  points INTEGER, max_points INTEGER NOT NULL, passed INTEGER NOT NULL,
  message TEXT NOT NULL, grade TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE recording (
  attempt INTEGER NOT NULL REFERENCES attempt (id),
  scenario TEXT NOT NULL, number INTEGER NOT NULL, document BLOB NOT NULL,
  PRIMARY KEY (attempt, scenario, number)) WITHOUT ROWID;
CREATE TABLE history (
  id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL REFERENCES attempt (id),
  at INTEGER NOT NULL, from_points INTEGER NOT NULL, to_points INTEGER NOT NULL,
  why TEXT NOT NULL);
CREATE TABLE adjustment (
  id INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES student (id),
  exercise TEXT NOT NULL REFERENCES exercise (id), points REAL NOT NULL, reason TEXT NOT NULL,
  at INTEGER NOT NULL);
CREATE TABLE extension (
  id INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES student (id),
  exercise TEXT NOT NULL REFERENCES exercise (id), seconds INTEGER NOT NULL, reason TEXT NOT NULL,
  at INTEGER NOT NULL);
)";

// The steps to each version, from the one before.
constexpr const char* kSecond = R"(
CREATE TABLE hand_in (
  id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL REFERENCES attempt (id),
  submitted INTEGER NOT NULL, source TEXT NOT NULL);
INSERT INTO hand_in (attempt, submitted, source)
  SELECT id, submitted, source FROM attempt ORDER BY submitted, id;
CREATE TABLE policy (
  id INTEGER PRIMARY KEY, exercise TEXT NOT NULL REFERENCES exercise (id), at INTEGER NOT NULL,
  attempts TEXT NOT NULL, due INTEGER, late_percent INTEGER NOT NULL);
ALTER TABLE result ADD COLUMN scenarios TEXT NOT NULL DEFAULT '{}';
)";
constexpr std::array kSteps{kTables, kSecond};

using State = ResultRow::State;
constexpr std::array<std::pair<State, const char*>, 3> kStates{
    {{State::kGraded, "graded"}, {State::kRefused, "refused"}, {State::kError, "error"}}};

std::string ToString(State state) {
  for (const auto& [value, word] : kStates) {
    if (value == state) return word;
  }
  return "error";
}

State StateNamed(const std::string& name) {
  for (const auto& [value, word] : kStates) {
    if (name == word) return value;
  }
  return State::kError;
}

std::map<std::string, std::string> HashesIn(const std::string& text) {
  std::map<std::string, std::string> hashes;
  const auto document = nlohmann::json::parse(text, nullptr, false);
  for (const auto& [scenario, hash] : document.items()) {
    if (hash.is_string()) hashes[scenario] = hash;
  }
  return hashes;
}

// In three columns: attempts, due, late_percent.
Policy PolicyIn(Statement& row, int column) {
  using enum Policy::Attempts;
  return {.attempts = row.Text(column) == "last" ? kLast : kBest,
          .due = row.IsNull(column + 1) ? std::nullopt : std::optional(row.Number(column + 1)),
          .late_percent = static_cast<int>(row.Number(column + 2))};
}

int64_t Now() { return static_cast<int64_t>(std::time(nullptr)); }

}  // namespace

// --- The file.

Result<Gradebook> Gradebook::Open(const std::filesystem::path& path) {
  TRY_ASSIGN(Database database, Database::Open(path));
  Gradebook gradebook(std::move(database));
  TRY(gradebook.MakeTables());
  return gradebook;
}

// The version of the tables is SQLite's user_version.
Status Gradebook::MakeTables() {
  TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  TRY_ASSIGN(Statement version, Statement::Prepare(database_, "PRAGMA user_version"));
  TRY(version.Step());
  const int64_t found = version.Number(0);
  if (found > kVersion)
    return Fail("the gradebook is of version " + std::to_string(found) +
                    ", and this program knows " + std::to_string(kVersion),
                "use the newer plumbline that made it");
  if (found == kVersion) return {};
  TRY_ASSIGN(Statement tables, Statement::Prepare(database_, "SELECT count(*) FROM sqlite_schema"));
  TRY(tables.Step());
  if (found <= 0 && tables.Number(0) > 0)
    return Fail("the file is a database of something else", "give the name of a new gradebook");
  for (auto step = static_cast<size_t>(std::max<int64_t>(found, 0)); step < kSteps.size(); ++step)
    TRY(database_.Execute(kSteps[step]));
  TRY(database_.Execute("PRAGMA user_version = " + std::to_string(kVersion)));
  return transaction.Commit();
}

// --- What is put in.

Status Gradebook::PutStudents(const std::vector<Student>& students) {
  TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  for (const Student& student : students) {
    TRY_ASSIGN(Statement put,
               Statement::Prepare(database_,
                                  "INSERT INTO student VALUES (?, ?, ?, ?) ON CONFLICT (id) DO "
                                  "UPDATE SET name = CASE WHEN excluded.name IN ('', excluded.id) "
                                  "THEN name ELSE excluded.name END, email = CASE excluded.email "
                                  "WHEN '' THEN email ELSE excluded.email END, section = CASE "
                                  "excluded.section WHEN '' THEN section ELSE excluded.section "
                                  "END"));
    TRY(put.Bind(student.id).Bind(student.name).Bind(student.email).Bind(student.section).Run());
  }
  return transaction.Commit();
}

Status Gradebook::PutExercise(const std::string& id, const std::string& title, int max_points) {
  TRY_ASSIGN(Statement put,
             Statement::Prepare(database_,
                                "INSERT INTO exercise (id, title, max_points) VALUES (?, ?, ?) ON "
                                "CONFLICT (id) DO UPDATE SET title = excluded.title, max_points = "
                                "excluded.max_points"));
  return put.Bind(id).Bind(title).Bind(max_points).Run();
}

Status Gradebook::SetPolicy(const std::string& exercise, const Policy& policy) {
  TRY(MustKnow("", exercise));
  TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  TRY_ASSIGN(Statement put,
             Statement::Prepare(database_,
                                "UPDATE exercise SET attempts = ?, late_percent = ?, "
                                "due = ? WHERE id = ?"));
  put.Bind(policy.attempts == Policy::Attempts::kBest ? "best" : "last").Bind(policy.late_percent);
  if (policy.due)
    put.Bind(*policy.due);
  else
    put.BindNull();
  TRY(put.Bind(exercise).Run());
  TRY_ASSIGN(Statement note,
             Statement::Prepare(database_,
                                "INSERT INTO policy (exercise, at, attempts, due, late_percent) "
                                "SELECT id, ?, attempts, due, late_percent FROM exercise WHERE "
                                "id = ?"));
  TRY(note.Bind(Now()).Bind(exercise).Run());
  return transaction.Commit();
}

Result<int64_t> Gradebook::AttemptOf(const AttemptKey& key, int64_t submitted,
                                     const std::string& source) {
  TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  TRY_ASSIGN(Statement put,
             Statement::Prepare(database_,
                                "INSERT INTO attempt (student, exercise, submission, submitted, "
                                "source) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"));
  TRY(put.Bind(key.student)
          .Bind(key.exercise)
          .Bind(key.submission)
          .Bind(submitted)
          .Bind(source)
          .Run());
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT id FROM attempt WHERE student = ? AND exercise "
                                "= ? AND submission = ?"));
  TRY_ASSIGN(const bool found,
             find.Bind(key.student).Bind(key.exercise).Bind(key.submission).Step());
  if (!found) return Fail("an attempt was put into the gradebook and is not there");
  const int64_t attempt = find.Number(0);
  TRY(NoteHandIn(attempt, key, submitted, source));
  TRY(transaction.Commit());
  return attempt;
}

Status Gradebook::NoteHandIn(int64_t attempt, const AttemptKey& key, int64_t submitted,
                             const std::string& source) {
  TRY_ASSIGN(Statement known,
             Statement::Prepare(database_, "SELECT 1 FROM hand_in WHERE attempt = ?"));
  TRY_ASSIGN(const bool again, known.Bind(attempt).Step());
  if (again) {
    TRY_ASSIGN(const std::vector<HandInRow> all, HandIns(key.exercise, key.student));
    if (all.back().attempt == attempt || all.back().submitted >= submitted) return {};
  }
  TRY_ASSIGN(Statement put,
             Statement::Prepare(
                 database_, "INSERT INTO hand_in (attempt, submitted, source) VALUES (?, ?, ?)"));
  return put.Bind(attempt).Bind(submitted).Bind(source).Run();
}

Result<bool> Gradebook::IsDone(int64_t attempt, const std::string& exercise_hash,
                               const std::string& version) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT 1 FROM result WHERE attempt = ? AND "
                                "exercise_hash = ? AND version = ? AND state <> 'error'"));
  return find.Bind(attempt).Bind(exercise_hash).Bind(version).Step();
}

Status Gradebook::WriteResult(int64_t attempt, const ResultRow& result) {
  TRY_ASSIGN(Statement put,
             Statement::Prepare(database_,
                                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, "
                                "?, ?, ?, ?, ?, ?, ?)"));
  put.Bind(attempt)
      .Bind(ToString(result.state))
      .Bind(result.exercise_hash)
      .Bind(result.version)
      .Bind(result.language);
  if (result.state == State::kGraded)
    put.Bind(result.points);
  else
    put.BindNull();
  return put.Bind(result.max_points)
      .Bind(result.passed ? 1 : 0)
      .Bind(result.message)
      .Bind(result.grade)
      .Bind(Now())
      .Bind(nlohmann::json(result.scenarios).dump())
      .Run();
}

Status Gradebook::PutResult(int64_t attempt, const ResultRow& result,
                            const evaluate::Recordings& recordings) {
  TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  TRY(WriteResult(attempt, result));
  TRY(WriteRecordings(attempt, recordings));
  return transaction.Commit();
}

Status Gradebook::PutRecordings(int64_t attempt, const evaluate::Recordings& recordings) {
  TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  TRY(WriteRecordings(attempt, recordings));
  return transaction.Commit();
}

Status Gradebook::WriteRecordings(int64_t attempt, const evaluate::Recordings& recordings) {
  TRY_ASSIGN(Statement clear,
             Statement::Prepare(database_, "DELETE FROM recording WHERE attempt = ?"));
  TRY(clear.Bind(attempt).Run());
  for (const auto& [scenario, runs] : recordings) {
    int64_t number = 0;
    for (const record::Recording& run : runs) {
      TRY_ASSIGN(Statement put,
                 Statement::Prepare(database_, "INSERT INTO recording VALUES (?, ?, ?, ?)"));
      TRY(put.Bind(attempt)
              .Bind(scenario)
              .Bind(++number)
              .BindBlob(Pack(record::ToCbor(run)))
              .Run());
    }
  }
  return {};
}

Status Gradebook::PutRegraded(int64_t attempt, const ResultRow& result, const std::string& why) {
  TRY_ASSIGN(Transaction transaction, Transaction::Begin(database_));
  TRY_ASSIGN(Statement note,
             Statement::Prepare(database_,
                                "INSERT INTO history (attempt, at, from_points, to_points, why) "
                                "SELECT attempt, ?, points, ?, ? FROM result WHERE attempt = ? "
                                "AND points IS NOT NULL AND (points <> ? OR passed <> ?)"));
  TRY(note.Bind(Now())
          .Bind(result.points)
          .Bind(why)
          .Bind(attempt)
          .Bind(result.points)
          .Bind(result.passed ? 1 : 0)
          .Run());
  TRY(WriteResult(attempt, result));
  return transaction.Commit();
}

Status Gradebook::MustKnow(const std::string& student, const std::string& exercise) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT (? = '' OR EXISTS (SELECT 1 FROM student WHERE "
                                "id = ?)), EXISTS (SELECT 1 FROM exercise WHERE id = ?)"));
  TRY(find.Bind(student).Bind(student).Bind(exercise).Step());
  if (find.Number(0) == 0)
    return Fail("no student '" + student + "' in the gradebook", "plumbline gradebook lists them");
  if (find.Number(1) == 0)
    return Fail("no exercise '" + exercise + "' in the gradebook",
                "plumbline gradebook lists them");
  return {};
}

Status Gradebook::Adjust(const std::string& student, const std::string& exercise, double points,
                         const std::string& reason) {
  TRY(MustKnow(student, exercise));
  TRY_ASSIGN(Statement put, Statement::Prepare(database_,
                                               "INSERT INTO adjustment (student, exercise, points, "
                                               "reason, at) VALUES (?, ?, CAST(? AS REAL), ?, ?)"));
  return put.Bind(student)
      .Bind(exercise)
      .Bind(std::to_string(points))
      .Bind(reason)
      .Bind(Now())
      .Run();
}

Status Gradebook::Extend(const std::string& student, const std::string& exercise, int64_t seconds,
                         const std::string& reason) {
  TRY(MustKnow(student, exercise));
  TRY_ASSIGN(Statement put, Statement::Prepare(database_,
                                               "INSERT INTO extension (student, exercise, seconds, "
                                               "reason, at) VALUES (?, ?, ?, ?, ?)"));
  return put.Bind(student).Bind(exercise).Bind(seconds).Bind(reason).Bind(Now()).Run();
}

// --- What is taken out.

Result<std::vector<Student>> Gradebook::Students() {
  TRY_ASSIGN(Statement find, Statement::Prepare(database_, "SELECT * FROM student ORDER BY id"));
  std::vector<Student> students;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return students;
    students.push_back({find.Text(0), find.Text(1), find.Text(2), find.Text(3)});
  }
}

Result<std::vector<ExerciseRow>> Gradebook::Exercises() {
  TRY_ASSIGN(Statement find, Statement::Prepare(database_,
                                                "SELECT id, title, max_points, attempts, due, "
                                                "late_percent FROM exercise ORDER BY id"));
  std::vector<ExerciseRow> exercises;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return exercises;
    exercises.push_back({.id = find.Text(0),
                         .title = find.Text(1),
                         .max_points = static_cast<int>(find.Number(2)),
                         .policy = PolicyIn(find, 3)});
  }
}

Result<std::vector<AttemptRow>> Gradebook::Attempts(const std::string& exercise,
                                                    const std::string& student) {
  TRY_ASSIGN(
      Statement find,
      Statement::Prepare(
          database_,
          "SELECT id, student, exercise, submission, submitted, source, state, "
          "exercise_hash, version, points, max_points, passed, message, grade, "
          "language, scenarios FROM attempt LEFT JOIN result ON attempt = id WHERE (? = '' OR "
          "exercise = ?) AND (? = '' OR student = ?) ORDER BY student, exercise, "
          "submitted, id"));
  find.Bind(exercise).Bind(exercise).Bind(student).Bind(student);
  std::vector<AttemptRow> attempts;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return attempts;
    AttemptRow attempt{.id = find.Number(0),
                       .key = {find.Text(1), find.Text(2), find.Text(3)},
                       .submitted = find.Number(4),
                       .source = find.Text(5)};
    if (!find.IsNull(6))
      attempt.result = {.state = StateNamed(find.Text(6)),
                        .exercise_hash = find.Text(7),
                        .version = find.Text(8),
                        .points = static_cast<int>(find.Number(9)),
                        .max_points = static_cast<int>(find.Number(10)),
                        .passed = find.Number(11) != 0,
                        .message = find.Text(12),
                        .grade = find.Text(13),
                        .language = find.Text(14),
                        .scenarios = HashesIn(find.Text(15))};
    attempts.push_back(std::move(attempt));
  }
}

Result<std::vector<HandInRow>> Gradebook::HandIns(const std::string& exercise,
                                                  const std::string& student) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(
                 database_,
                 "SELECT attempt, hand_in.submitted, hand_in.source FROM hand_in JOIN attempt ON "
                 "attempt.id = attempt WHERE (? = '' OR exercise = ?) AND (? = '' OR student = ?) "
                 "ORDER BY hand_in.submitted, hand_in.id"));
  find.Bind(exercise).Bind(exercise).Bind(student).Bind(student);
  std::vector<HandInRow> all;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return all;
    all.push_back({find.Number(0), find.Number(1), find.Text(2)});
  }
}

Result<evaluate::Recordings> Gradebook::RecordingsOf(int64_t attempt) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT scenario, document FROM recording WHERE attempt "
                                "= ? ORDER BY scenario, number"));
  find.Bind(attempt);
  evaluate::Recordings recordings;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return recordings;
    TRY_ASSIGN(const std::string document, Unpack(find.Text(1)));
    TRY_ASSIGN(record::Recording recording, record::FromCbor(document));
    recordings[find.Text(0)].push_back(std::move(recording));
  }
}

Result<std::vector<HistoryRow>> Gradebook::History(int64_t attempt) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT attempt, at, from_points, to_points, why FROM "
                                "history WHERE attempt = ? ORDER BY id"));
  find.Bind(attempt);
  std::vector<HistoryRow> history;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return history;
    history.push_back({find.Number(0), find.Number(1), static_cast<int>(find.Number(2)),
                       static_cast<int>(find.Number(3)), find.Text(4)});
  }
}

Result<std::vector<Adjustment>> Gradebook::Adjustments(const std::string& student,
                                                       const std::string& exercise) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT points, reason, at FROM adjustment WHERE student = "
                                "? AND exercise = ? ORDER BY id"));
  find.Bind(student).Bind(exercise);
  std::vector<Adjustment> adjustments;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return adjustments;
    adjustments.push_back({std::stod(find.Text(0)), find.Text(1), find.Number(2)});
  }
}

Result<std::vector<Extension>> Gradebook::Extensions(const std::string& student,
                                                     const std::string& exercise) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT seconds, reason, at FROM extension WHERE student = ? "
                                "AND exercise = ? ORDER BY id"));
  find.Bind(student).Bind(exercise);
  std::vector<Extension> extensions;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return extensions;
    extensions.push_back({find.Number(0), find.Text(1), find.Number(2)});
  }
}

Result<std::vector<PolicyRow>> Gradebook::Policies(const std::string& exercise) {
  TRY_ASSIGN(Statement find,
             Statement::Prepare(database_,
                                "SELECT at, attempts, due, late_percent FROM policy WHERE exercise "
                                "= ? ORDER BY id"));
  find.Bind(exercise);
  std::vector<PolicyRow> policies;
  while (true) {
    TRY_ASSIGN(const bool row, find.Step());
    if (!row) return policies;
    policies.push_back({find.Number(0), PolicyIn(find, 1)});
  }
}

Result<Gradebook::Marks> Gradebook::AllMarks() {
  TRY_ASSIGN(const std::vector<ExerciseRow> exercises, Exercises());
  TRY_ASSIGN(const std::vector<Student> students, Students());
  TRY_ASSIGN(const std::vector<AttemptRow> attempts, Attempts("", ""));
  std::map<int64_t, const AttemptRow*> by_id;
  for (const AttemptRow& row : attempts) by_id[row.id] = &row;
  TRY_ASSIGN(const std::vector<HandInRow> hand_ins, HandIns("", ""));
  std::map<std::pair<std::string, std::string>, std::vector<Attempt>> tried;
  for (const HandInRow& hand_in : hand_ins) {
    const AttemptRow& row = *by_id.at(hand_in.attempt);
    const bool graded = row.result && row.result->state == State::kGraded;
    tried[{row.key.student, row.key.exercise}].push_back(
        {.id = row.id,
         .submitted = hand_in.submitted,
         .points = graded ? std::optional(row.result->points) : std::nullopt,
         .max_points = row.result ? row.result->max_points : 0});
  }
  Marks marks;
  for (const Student& student : students) {
    for (const ExerciseRow& exercise : exercises) {
      const std::pair key(student.id, exercise.id);
      TRY_ASSIGN(const std::vector<Extension> extensions, Extensions(student.id, exercise.id));
      int64_t extra = 0;
      for (const Extension& extension : extensions) extra += extension.seconds;
      TRY_ASSIGN(const std::vector<Adjustment> adjustments, Adjustments(student.id, exercise.id));
      marks[key] = MarkOf(exercise.policy, tried[key], extra, adjustments);
      marks[key].max_points = exercise.max_points;
    }
  }
  return marks;
}

}  // namespace plumbline::gradebook

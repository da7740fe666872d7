// SPDX-License-Identifier: MIT
// The gradebook of a class: one SQLite file that survives whatever happens to who writes it
// (README.md has its tables). Each result is one transaction.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/evaluate.h"
#include "gradebook/marks.h"
#include "gradebook/roster.h"
#include "gradebook/sqlite.h"

namespace plumbline::gradebook {

struct ExerciseRow {
  std::string id;
  std::string title;
  int max_points = 0;
  Policy policy;
};

// What was handed in, by its content.
struct AttemptKey {
  std::string student;
  std::string exercise;
  std::string submission;  // hash
};

struct ResultRow {
  // kRefused: no source file, or in no language of the exercise. kError: the machine or the grader
  // failed twice; there is no grade, and never a zero for it.
  enum class State { kGraded, kRefused, kError };
  State state = State::kError;
  std::string exercise_hash;
  std::string version;  // of the program
  int points = 0;
  int max_points = 0;
  bool passed = false;
  std::string message;  // of what got no grade
  std::string grade;    // plumbline/grade/1, for teachers, in JSON
  std::string language;
  // By scenario, the hash of all that its recordings were made by but for the submission:
  // recordings of another one say nothing of it.
  std::map<std::string, std::string> scenarios = {};
};

struct AttemptRow {
  int64_t id = 0;
  AttemptKey key;
  int64_t submitted = 0;  // for the first time
  std::string source;     // where it was found then
  std::optional<ResultRow> result;
};

// The same content may be handed in again after another.
struct HandInRow {
  int64_t attempt = 0;
  int64_t submitted = 0;
  std::string source;
};

struct HistoryRow {
  int64_t attempt = 0;
  int64_t at = 0;
  int from = 0;
  int to = 0;
  std::string why;
};

struct PolicyRow {
  int64_t at = 0;
  Policy policy;
};

class Gradebook {
 public:
  // Makes a new one if there is no file. Fails for a file that is none, or of a newer version.
  static Result<Gradebook> Open(const std::filesystem::path& path);

  // What is known of a student already stays where these say nothing: a name that is her id, an
  // empty address.
  Status PutStudents(const std::vector<Student>& students);
  Status PutExercise(const std::string& id, const std::string& title, int max_points);
  Status SetPolicy(const std::string& exercise, const Policy& policy);

  // The attempt of this content, made if it is not there. Of content that was handed in before it
  // is noted that it came again, if it is later than all others and the last one was another.
  Result<int64_t> AttemptOf(const AttemptKey& key, int64_t submitted, const std::string& source);
  // It has a result of this exercise and this program, so that there is nothing to do.
  Result<bool> IsDone(int64_t attempt, const std::string& exercise_hash,
                      const std::string& version);
  // The result, and its recordings in place of older ones.
  Status PutResult(int64_t attempt, const ResultRow& result,
                   const evaluate::Recordings& recordings);
  // The same recordings, of which more is known (Recording::judgements).
  Status PutRecordings(int64_t attempt, const evaluate::Recordings& recordings);
  // Another grade of the same recordings; the old one goes to the history with the reason if its
  // points or whether it passed are others.
  Status PutRegraded(int64_t attempt, const ResultRow& result, const std::string& why);

  // Of one that was adjusted or extended, by whom is not asked: the file's owner.
  Status Adjust(const std::string& student, const std::string& exercise, double points,
                const std::string& reason);
  Status Extend(const std::string& student, const std::string& exercise, int64_t seconds,
                const std::string& reason);

  Result<std::vector<Student>> Students();
  Result<std::vector<ExerciseRow>> Exercises();
  // By student, exercise and time. `exercise`, `student`: "" for all.
  Result<std::vector<AttemptRow>> Attempts(const std::string& exercise, const std::string& student);
  // By time. `exercise`, `student`: "" for all.
  Result<std::vector<HandInRow>> HandIns(const std::string& exercise, const std::string& student);
  Result<evaluate::Recordings> RecordingsOf(int64_t attempt);
  Result<std::vector<HistoryRow>> History(int64_t attempt);
  Result<std::vector<Adjustment>> Adjustments(const std::string& student,
                                              const std::string& exercise);
  Result<std::vector<Extension>> Extensions(const std::string& student,
                                            const std::string& exercise);
  // What was decided of an exercise, by time: the last one holds.
  Result<std::vector<PolicyRow>> Policies(const std::string& exercise);
  // By student and exercise.
  using Marks = std::map<std::pair<std::string, std::string>, Mark>;
  Result<Marks> AllMarks();

 private:
  explicit Gradebook(Database database) : database_(std::move(database)) {}
  Status MakeTables();
  Status WriteResult(int64_t attempt, const ResultRow& result);
  Status WriteRecordings(int64_t attempt, const evaluate::Recordings& recordings);
  Status NoteHandIn(int64_t attempt, const AttemptKey& key, int64_t submitted,
                    const std::string& source);
  Status MustKnow(const std::string& student, const std::string& exercise);

  Database database_;
};

}  // namespace plumbline::gradebook

// SPDX-License-Identifier: MIT
// The crew of supervisors: tasks in, answers out, in parallel over the processors that this process
// may use. One supervisor a processor, the same binary as a hidden command, started when there is
// work for it.
//
// A supervisor that ends or is silent past a job's deadline is killed, costs that job alone (its
// answer is an Error that says so; it is never tried again) and is replaced when there is more to
// do.
//
// Lives in the one thread of the program. While a Crew lives, SIGINT, SIGTERM and SIGHUP do not end
// the process but the work under way; what its supervisors ran is gone when the Crew is destroyed.
//
//   Crew crew({.program = "/proc/self/exe"});
//   TRY_ASSIGN(std::vector<Answer> answers, crew.Do(std::move(jobs), progress));
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "scenario/protocol.h"

namespace plumbline::cli {

// A signal that asked the program to end.
struct Interrupted {
  int signal = 0;
};

struct Job {
  scenario::Task task;
  std::string name;     // for people: "scenario counts", "the build"
  Duration deadline{};  // real time from its start
};

class Crew {
 public:
  struct Options {
    std::filesystem::path program;  // the binary that knows `supervise --socket N --cpu N`
    bool verbose = false;           // supervisors log to standard error
    size_t most = 0;  // processors; 0: as many as there are and memory allows (capacity.h)
    size_t each = 1;  // supervisors on each of them: more, and each waits for the others
  };
  // Called when a job has its answer: how many have, of how many.
  using Progress = std::function<void(size_t done, size_t all)>;

  explicit Crew(Options options);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  // Asks idle supervisors to end and kills busy ones; returns when all have ended, and what they
  // ran too.
  ~Crew();

  // Called with each answer as it comes: `job` is its number, of those given at first from 0 and of
  // what came after them in the order in which that was returned. What it returns is done before
  // all that waits. It calls nothing of the crew.
  using Take = std::function<std::vector<Job>(size_t job, scenario::Answer answer)>;

  // Returns when all is done, what `take` asked for too. Interrupted: all supervisors have been
  // killed.
  std::expected<void, Interrupted> DoEach(std::vector<Job> jobs, const Take& take);
  // The answers in the order of `jobs`.
  std::expected<std::vector<scenario::Answer>, Interrupted> Do(std::vector<Job> jobs,
                                                               const Progress& progress = {});
  // Waits until `fd` can be read.
  std::expected<void, Interrupted> AwaitReadable(int fd);
  // The signal that came while something else was done, if one did. Returns at once.
  std::optional<Interrupted> Interruption();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plumbline::cli

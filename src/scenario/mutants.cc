// SPDX-License-Identifier: MIT
#include "scenario/mutants.h"

#include <sys/syscall.h>

#include <algorithm>
#include <utility>

#include "base/syscalls.h"
#include "scenario/mutated_calls.h"

namespace plumbline::scenario {
namespace {

const Operator* OperatorOf(const record::Mutation& mutation) {
  const auto call = SyscallNumber(mutation.call);
  const auto row = std::ranges::find_if(Operators(), [&](const Operator& one) {
    return call == one.call && one.how == mutation.how;
  });
  return row == Operators().end() ? nullptr : &*row;
}

}  // namespace

Status Mutants::Check(const record::Mutation& mutation) {
  if (mutation.survey || OperatorOf(mutation) != nullptr) return {};
  return Fail("no call is changed like this: '" + ToString(mutation) + "'",
              "plumbline verify --json names the mutants that there are");
}

Mutants::Mutants(record::Mutation mutation, std::string language, trace::Tracer& tracer,
                 record::Recording& recording)
    : mutation_(std::move(mutation)),
      language_(std::move(language)),
      call_(SyscallNumber(mutation_.call).value_or(-1)),
      tracer_(tracer),
      recording_(recording) {}

// A shell makes and waits for processes and moves descriptors about for its own sake: of that
// nothing can be left out of a script.
bool Mutants::IsOfLanguage(int call) const {
  constexpr int kScripts[] = {SYS_openat, SYS_execve, SYS_kill, SYS_write, SYS_exit_group};
  return language_ != "sh" || std::ranges::find(kScripts, call) != std::end(kScripts);
}

std::set<int> Mutants::Calls() const {
  std::set<int> calls;
  if (!mutation_.survey) calls.insert(call_);
  for (const Operator& row : Operators()) {
    if (mutation_.survey && IsOfLanguage(row.call)) calls.insert(row.call);
  }
  if (language_ == "py" && calls.contains(SYS_close)) calls.insert({SYS_pipe, SYS_pipe2});
  return calls;
}

void Mutants::Survey(trace::Task& task) {
  const Site site{task, tracer_, recording_};
  std::optional<record::Location> where;
  for (const Operator& row : Operators()) {
    if (row.call != site.call() || !IsOfLanguage(row.call) || !row.applies(site)) continue;
    if (!where) where = tracer_.WhereIs(task);
    if (!where || IsOfLibrary(task, *where)) return;
    record::Mutation mutation{
        .call = SyscallName(row.call), .file = where->file, .line = where->line, .how = row.how};
    if (IsToldApart(row.call)) mutation.which = WhichOf(site);
    std::string text = ToString(mutation);
    if (!noted_.insert(text).second) continue;
    recording_.sites.push_back({.process = task.process->lineage,
                                .call = task.process->turns,
                                .name = mutation.call,
                                .faults = {std::move(text)},
                                .where = where});
  }
}

// A pipe that is made and closed by one line of Python is its library's (subprocess.Popen learns so
// whether exec failed).
bool Mutants::IsOfLibrary(const trace::Task& task, const record::Location& where) const {
  if (task.call.number == SYS_close && piping_.contains({where.file, where.line})) return true;
  return language_ == "py" && tracer_.KeepsTrack(task);
}

bool Mutants::IsPlaceOf(const trace::Task& task, const record::Location& where) const {
  return where.file == mutation_.file && where.line == mutation_.line && !IsOfLibrary(task, where);
}

void Mutants::NotePipe(const trace::Task& task) {
  if (const auto where = tracer_.WhereIs(task)) piping_.emplace(where->file, where->line);
}

std::optional<int64_t> Mutants::At(trace::Task& task) {
  if (task.process->peer) return std::nullopt;
  if (task.call.number == SYS_pipe || task.call.number == SYS_pipe2) NotePipe(task);
  if (mutation_.survey) {
    Survey(task);
    return std::nullopt;
  }
  if (task.call.number != call_ || !IsOfLanguage(call_)) return std::nullopt;
  const Site site{task, tracer_, recording_};
  const Operator* const row = OperatorOf(mutation_);
  if (!row->applies(site)) return std::nullopt;
  if (!mutation_.which.empty() && mutation_.which != WhichOf(site)) return std::nullopt;
  const auto where = tracer_.WhereIs(task);
  if (!where || !IsPlaceOf(task, *where)) return std::nullopt;
  return row->change(site);
}

namespace {

std::string Told(const record::Mutation& mutation) {
  if (mutation.which.empty()) return mutation.call;
  if (mutation.call != "close") return mutation.call + " to descriptor " + mutation.which;
  if (mutation.which == "reader") return "close of a pipe's reading end";
  if (mutation.which == "writer") return "close of a pipe's writing end";
  if (mutation.which == "listener") return "close of a socket that listens";
  if (mutation.which == "both") return "close of a FIFO";
  return "close of a " + mutation.which;
}

}  // namespace

std::string Describe(const record::Mutation& mutation) {
  const Operator* const row = OperatorOf(mutation);
  return "the " + Told(mutation) + " at " + mutation.file + ":" + std::to_string(mutation.line) +
         " " + (row == nullptr ? mutation.how : std::string(row->told));
}

}  // namespace plumbline::scenario

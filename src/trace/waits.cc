// SPDX-License-Identifier: MIT
// What wait(2) gave: who was reaped, and what its parent is told.
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

bool IsOver(int status) { return WIFEXITED(status) || WIFSIGNALED(status); }

bool IsOver(const siginfo_t& info) {
  return info.si_code == CLD_EXITED || info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED;
}

// siginfo_t as waitid(2) fills it in.
void SetStatus(siginfo_t& info, int status) {
  info.si_code = WIFEXITED(status) ? CLD_EXITED : CLD_KILLED;
  info.si_status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

}  // namespace

// The child of this number that ended and nobody has waited for.
Process* Tracer::EndedChild(const Process& parent, Pid pid) {
  for (const record::ProcessIndex index : parent.children) {
    Process& child = process(index);
    if (child.pid == pid && child.ended) return &child;
  }
  return nullptr;
}

void Tracer::TellWait(Task& task, int64_t result) {
  if (task.call.number == SYS_wait4)
    TellWait4(task, Pid{static_cast<pid_t>(result)});
  else
    TellWaitid(task);
}

void Tracer::TellWait4(Task& task, Pid pid) {
  if (pid.value <= 0) return;
  ++effects_;
  Process* child = EndedChild(*task.process, pid);
  if (child == nullptr) return;  // stopped or continued
  const uint64_t where = task.call.args[1];
  int status = child->end_status;
  if (const auto told = where == 0 ? std::nullopt : ReadValue<int>(task.host, where)) {
    if (!IsOver(*told)) return;
  }
  if (const auto changed = director_.ToldStatus(*child)) {
    status = *changed;
    if (where != 0) WriteMemory(task.host, where, &status, sizeof status);
  }
  Reap(task, *child, status);
}

void Tracer::TellWaitid(Task& task) {
  const uint64_t where = task.call.args[2];
  const bool stays = (task.call.args[3] & WNOWAIT) != 0;
  if (where == 0) {
    if (!stays) ReapVanished(task);
    return;
  }
  auto info = ReadValue<siginfo_t>(task.host, where);
  if (!info || info->si_pid == 0) return;
  if (!stays) ++effects_;
  Process* child = EndedChild(*task.process, Pid{info->si_pid});
  if (child == nullptr || !IsOver(*info)) return;
  int status = child->end_status;
  if (const auto changed = director_.ToldStatus(*child)) {
    status = *changed;
    SetStatus(*info, status);
    WriteMemory(task.host, where, &*info, sizeof *info);
  }
  if (!stays) Reap(task, *child, status);
}

void Tracer::Reap(Task& task, Process& child, int wait_status) {
  child.reaped = true;
  Process& parent = *task.process;
  std::erase(parent.children, child.index);
  TellOf(task, record::Reaped{.child = child.index, .wait_status = wait_status});
}

// waitid(2) into nothing: who was waited for shows by its being gone.
void Tracer::ReapVanished(Task& task) {
  std::vector<record::ProcessIndex> gone;
  for (const record::ProcessIndex index : task.process->children) {
    const Process& child = process(index);
    if (child.ended && ::kill(child.host.value, 0) != 0) gone.push_back(index);
  }
  if (!gone.empty()) ++effects_;
  for (const record::ProcessIndex index : gone)
    Reap(task, process(index), process(index).end_status);
}

}  // namespace plumbline::trace

// SPDX-License-Identifier: MIT
// Who is who: tasks by the machine's numbers, processes by theirs.
#include <algorithm>

#include "trace/clock/virtual_time.h"
#include "trace/proc.h"
#include "trace/tracer.h"

namespace plumbline::trace {

using record::ProcessIndex;

Process& Tracer::AddProcess(HostPid host, Pid pid, ProcessIndex parent) {
  Process& process = processes_.emplace_back();
  process.index = static_cast<ProcessIndex>(processes_.size()) - 1;
  process.host = host;
  process.pid = pid;
  process.parent = parent;
  if (parent >= 0) {
    Process& maker = this->process(parent);
    maker.children.push_back(process.index);
    process.lineage = maker.lineage + "." + std::to_string(++maker.births);
  } else {
    process.lineage = std::to_string(++started_);
  }
  ++alive_;
  ++effects_;
  record::Recording& recording = journal_.recording();
  recording.processes.push_back({.pid = pid, .parent = parent});
  recording.machine.host_pids.push_back(host);
  return process;
}

Task& Tracer::AddTask(HostPid host, Pid tid, Process& process) {
  auto task = std::make_unique<Task>();
  task->host = host;
  task->tid = tid;
  task->process = &process;
  return *(tasks_[host.value] = std::move(task));
}

void Tracer::Forget(const Task& task) {
  time_->Forget(task);
  if (floor_ == task.host.value) floor_ = 0;
  tasks_.erase(task.host.value);
}

void Tracer::ForgetOthers(const Process& process, const Task* but) {
  for (Task* task : TasksOf(process)) {
    if (task != but) Forget(*task);
  }
}

Task* Tracer::Find(HostPid host) {
  const auto found = tasks_.find(host.value);
  return found == tasks_.end() ? nullptr : found->second.get();
}

Process* Tracer::ByHost(HostPid host) {
  const Task* task = Find(host);
  return task == nullptr ? nullptr : task->process;
}

Process* Tracer::ByPid(Pid pid) {
  // The newest first: numbers may come again.
  for (auto process = processes_.rbegin(); process != processes_.rend(); ++process) {
    if (process->pid == pid) return &*process;
  }
  return nullptr;
}

Process* Tracer::ByTid(Pid tid) {
  if (Process* process = ByPid(tid)) return process;
  for (const auto& [host, task] : tasks_) {
    if (task->tid == tid) return task->process;
  }
  return nullptr;
}

std::vector<Task*> Tracer::TasksOf(const Process& process) {
  std::vector<Task*> found;
  for (const auto& [host, task] : tasks_) {
    if (task->process == &process) found.push_back(task.get());
  }
  std::ranges::sort(found, {}, [](const Task* task) { return task->tid; });
  return found;
}

HostPid Tracer::AnyTaskOf(const Process& process) {
  for (const Task* task : TasksOf(process)) {
    if (!task->leaves) return task->host;
  }
  return process.host;
}

}  // namespace plumbline::trace

// SPDX-License-Identifier: MIT
// What calls do to descriptors, and what passes through them.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "trace/decode/buffers.h"
#include "trace/proc.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

using decode::Role;
using record::Facet;
using record::ProcessIndex;
using record::Transfer;

int Argument(const Task& task, int index) {
  return static_cast<int>(static_cast<int32_t>(task.call.args[static_cast<size_t>(index)]));
}

bool IsInternet(int family) { return family == AF_INET || family == AF_INET6; }

}  // namespace

// --- What a descriptor refers to.

// Only then every change of the table is seen, and what was known stays true.
bool Tracer::FollowsDescriptors() const {
  const auto& observed = journal_.recording().header.observed;
  return observed.contains(Facet::kDescriptors) || observed.contains(Facet::kTransfers);
}

int Tracer::ObjectAt(const Process& process, int fd) {
  return ObjectOf(process, AnyTaskOf(process), fd);
}

bool Tracer::IsSocket(int object) const {
  const record::Object* found = journal_.recording().object(object);
  return found != nullptr && found->kind == record::ObjectKind::kSocket;
}

int Tracer::ObjectOf(const Process& process, HostPid reader, int fd) {
  if (fd < 0) return 0;
  auto& known = this->process(process.index).objects;
  const auto found = known.find(fd);
  const bool trusted = FollowsDescriptors() && !process.shares_descriptors;
  if (found != known.end() && trusted) return found->second;
  const int object = journal_.ObjectAt(reader, fd, found != known.end() ? found->second : 0);
  if (object != 0) known[fd] = object;
  return object;
}

void Tracer::NoteMade(Task& task, const decode::Row& row, int fd, int& object) {
  Process& process = *task.process;
  journal_.EndBursts(process.index, fd);
  process.objects.erase(fd);
  // Another one for each eventfd, epoll set ...: the kernel gives them all one inode.
  if (row.makes == decode::Makes::kAnonymous) {
    object = journal_.FreshObject(task.host, fd);
    if (object != 0) process.objects[fd] = object;
  } else {
    object = ObjectOf(process, task.host, fd);
  }
}

// Files and pipes are found again by their inode; the rest keeps its number if it is still open.
void Tracer::ForgetClosedByExec(Process& process) {
  std::erase_if(process.objects, [&](const auto& entry) {
    return journal_.ObjectAt(process.host, entry.first, entry.second) != entry.second;
  });
}

// --- Calls.

void Tracer::NoteDescriptors(Task& task, const decode::Row& row, record::Call& call,
                             int64_t result) {
  Process& process = *task.process;
  if (row.descriptor >= 0) {
    call.fd = Argument(task, row.descriptor);
    const auto known = process.objects.find(call.fd);
    // What was closed is known from before, if at all.
    if (row.role != Role::kClose)
      call.object = ObjectOf(process, task.host, call.fd);
    else if (known != process.objects.end())
      call.object = known->second;
  }
  if (call.error != 0) return;
  if (row.role == Role::kClose) NoteClosed(process, task, call);
  const bool copies = row.role == Role::kFcntl &&
                      (Argument(task, 1) == F_DUPFD || Argument(task, 1) == F_DUPFD_CLOEXEC);
  const bool makes =
      row.makes == decode::Makes::kDescriptor || row.makes == decode::Makes::kAnonymous;
  if (makes || copies) call.made_fd = static_cast<int>(result);
  if (row.makes == decode::Makes::kPair) {
    const uint64_t where = task.call.args[static_cast<size_t>(row.pair)];
    const auto pair = ReadValue<std::array<int, 2>>(task.host, where);
    if (pair) std::tie(call.made_fd, call.made_fd2) = std::pair((*pair)[0], (*pair)[1]);
  }
  // A copy refers to what the original does; all else may be new.
  if (row.role == Role::kDup || copies) {
    NoteCopied(process, call);
  } else {
    if (call.made_fd >= 0) NoteMade(task, row, call.made_fd, call.made_object);
    if (call.made_fd2 >= 0) NoteMade(task, row, call.made_fd2, call.made_object2);
  }
  if (task.call.number == SYS_socket && IsInternet(Argument(task, 0))) used_internet_ = true;
  if (task.call.number == SYS_socket && Argument(task, 0) == AF_INET6) used_internet6_ = true;
}

void Tracer::NoteCopied(Process& process, record::Call& call) {
  if (call.made_fd != call.fd) journal_.EndBursts(process.index, call.made_fd);
  call.made_object = call.object;
  process.objects[call.made_fd] = call.object;
}

void Tracer::NoteClosed(Process& process, const Task& task, const record::Call& call) {
  if (task.call.number == SYS_close) {
    journal_.EndBursts(process.index, call.fd);
    process.objects.erase(call.fd);
    return;
  }
  // close_range(2)
  journal_.EndBursts(process.index);
  if ((task.call.args[2] & CLOSE_RANGE_CLOEXEC) != 0) return;
  const auto first = static_cast<uint32_t>(task.call.args[0]);
  const auto last = static_cast<uint32_t>(task.call.args[1]);
  std::erase_if(process.objects, [&](const auto& entry) {
    const auto fd = static_cast<uint32_t>(entry.first);
    return fd >= first && fd <= last;
  });
}

// --- Bytes.

void Tracer::TellTransferOf(const Task& task, const Transfer& transfer) {
  const ProcessIndex actor = task.process->index;
  if (journal_.InBurst(actor, transfer.fd, transfer.way))
    return (void)journal_.AddTransfer(actor, task.tid, transfer);
  BeforeTelling();
  whereabouts_.Note(journal_.AddTransfer(actor, task.tid, transfer), TrailOf(task));
}

void Tracer::TellTransfer(Task& task, const decode::Row& row, int64_t result) {
  Process& process = *task.process;
  const bool reads = row.role == Role::kRead;
  Transfer transfer{.fd = Argument(task, row.descriptor)};
  transfer.object = ObjectOf(process, task.host, transfer.fd);
  transfer.way = reads ? Transfer::Way::kRead : Transfer::Way::kWritten;
  transfer.call = row.name;
  const decode::Buffer buffer(row, task.call, task.host, static_cast<uint64_t>(result));
  transfer.bytes = buffer.moved();
  transfer.calls = transfer.bytes > 0 ? 1 : 0;
  transfer.ends = reads && result == 0 && buffer.had_room() ? 1 : 0;
  const size_t room = journal_.RoomForFirst(process.index, transfer.fd, transfer.way);
  if (room > 0) transfer.first = buffer.First(room);
  if (transfer.bytes > 0) ++effects_;
  if (in_turns_) written_.Note(transfer, row.source >= 0);
  TellTransferOf(task, transfer);
  if (row.source < 0) return;
  // Of calls that move bytes from descriptor to descriptor, the other half.
  transfer.fd = Argument(task, row.source);
  transfer.object = ObjectOf(process, task.host, transfer.fd);
  transfer.way = Transfer::Way::kRead;
  transfer.ends = result == 0 ? 1 : 0;
  TellTransferOf(task, transfer);
}

}  // namespace plumbline::trace

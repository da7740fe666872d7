// SPDX-License-Identifier: MIT
// Stage: the state of everything at one instant.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string_view>

#include "scenario/addresses.h"
#include "scenario/stage.h"
#include "trace/proc.h"
#include "trace/snapshot.h"

namespace plumbline::scenario {

using record::Facet;

namespace {

record::ObjectKind KindOf(sandbox::FileEntry::Kind kind) {
  using From = sandbox::FileEntry::Kind;
  using To = record::ObjectKind;
  switch (kind) {
    case From::kFile:
      return To::kFile;
    case From::kDirectory:
      return To::kDirectory;
    case From::kFifo:
      return To::kFifo;
    case From::kSocket:
      return To::kSocket;
    case From::kLink:
      return To::kOther;
    case From::kDevice:
      return To::kDevice;
  }
  return To::kOther;
}

// The inode in "socket:[123]".
uint64_t SocketInode(HostPid process, int fd) {
  constexpr std::string_view kPrefix = "socket:[";
  const std::string link = trace::LinkOf(process, ("fd/" + std::to_string(fd)).c_str());
  return link.starts_with(kPrefix) ? std::strtoull(link.c_str() + kPrefix.size(), nullptr, 10) : 0;
}

}  // namespace

Status Stage::TakeFiles(record::Snapshot& snapshot) {
  const bool with_content = plan_.observe.contains(Facet::kFileContent);
  if (!with_content && !plan_.observe.contains(Facet::kFiles)) return {};
  TRY_ASSIGN(sandbox::Tree tree, box_->ReadTree("/lab", with_content));
  snapshot.files_taken = true;
  snapshot.files_cut = tree.cut;
  for (sandbox::FileEntry& entry : tree.entries)
    snapshot.files[entry.path] = {.kind = KindOf(entry.kind),
                                  .mode = entry.mode,
                                  .size = entry.size,
                                  .content = std::move(entry.content),
                                  .cut = entry.cut,
                                  .target = std::move(entry.target)};
  return {};
}

// The programs' ends of the grader's connections get the connections' names.
void Stage::NameConnectionsIn(const record::Snapshot& snapshot) {
  for (const auto& [object, socket] : snapshot.sockets) {
    if (socket.listening || socket.remote.empty()) continue;
    const std::string local = PlainAddress(socket.local);
    const std::string remote = PlainAddress(socket.remote);
    for (const auto& [name, connection] : recording_.connections) {
      const bool serves = local == connection.server && remote == connection.client;
      const bool asks = local == connection.client && remote == connection.server;
      if (serves || asks) journal_.SetRole(object, name);
    }
  }
}

std::map<uint64_t, std::string> Stage::NamesOfUnixEnds() {
  std::map<uint64_t, std::string> names;
  for (const auto& [name, channel] : channels_) {
    if (channel.kind() != Channel::Kind::kUnix || !channel.open()) continue;
    if (!unix_ends_) {
      auto ends = UnixEnds::Open(*box_);
      if (!ends) return {};  // a kernel without it
      unix_ends_ = *std::move(ends);
    }
    if (const auto inode = unix_ends_->OtherEndOf(channel.fd())) names[*inode] = name;
  }
  return names;
}

// Most UNIX sockets have no address to be known by, but an inode.
void Stage::NameUnixEndsIn(const record::Snapshot& snapshot) {
  const auto names = NamesOfUnixEnds();
  if (names.empty()) return;
  for (const record::ProcessStateAt& state : snapshot.processes) {
    const HostPid reader = tracer_.AnyTaskOf(tracer_.process(state.process));
    for (const auto& [fd, descriptor] : state.descriptors) {
      const record::Object* object = recording_.object(descriptor.object);
      if (object == nullptr || object->kind != record::ObjectKind::kSocket) continue;
      const auto name = names.find(SocketInode(reader, fd));
      if (name != names.end()) journal_.SetRole(descriptor.object, name->second);
    }
  }
}

// Of a small limit half is enough.
Duration Stage::LongSpin() const {
  constexpr Duration kLong = std::chrono::seconds(1);
  return std::min(kLong, plan_.limits.cpu / 2);
}

// Who runs and has had no effect for long waits in a loop of its own: a blocked call without a
// name.
void Stage::MarkSpinners(record::Snapshot& snapshot) {
  for (record::ProcessStateAt& state : snapshot.processes) {
    if (state.state != record::ProcessState::kRunning) continue;
    if (rest_->SpunFor(tracer_.process(state.process)) < LongSpin()) continue;
    for (record::Thread& thread : state.threads) {
      if (!thread.blocked) thread.blocked.emplace();
    }
  }
}

// Who changed a System V semaphore last, by init, which is in its namespace.
Status Stage::NameSemaphoreUsersIn(record::Snapshot& snapshot) {
  for (record::ProcessStateAt& state : snapshot.processes) {
    for (record::Thread& thread : state.threads) {
      if (!thread.blocked || !thread.blocked->awaits) continue;
      record::Awaited& awaits = *thread.blocked->awaits;
      if (awaits.thing != record::Thing::kSemaphoreSet) continue;
      TRY_ASSIGN(const Pid user,
                 box_->LastUserOfSemaphore(std::atoi(awaits.name.c_str()), awaits.number));
      // The youngest of that number.
      for (const trace::Process& process : tracer_.processes()) {
        if (process.pid == user && user != Pid{}) awaits.by = {{process.index, {}}};
      }
    }
  }
  return {};
}

Status Stage::TakeSnapshot(const std::string& name) {
  record::Snapshot snapshot =
      trace::TakeSnapshot(name, tracer_, journal_, plan_.observe, box_->init());
  NameConnectionsIn(snapshot);
  NameUnixEndsIn(snapshot);
  MarkSpinners(snapshot);
  TRY(NameSemaphoreUsersIn(snapshot));
  const auto other_end_is_held = [this](const Channel& channel) {
    return OtherEndOf(channel.fd(), box_->init(), box_->network()).has_value();
  };
  for (auto& [channel_name, channel] : channels_) {
    if (recording_.connections.contains(channel_name))
      snapshot.connections[channel_name] = channel.Look(other_end_is_held);
  }
  for (const auto& [stream, kept] : recording_.streams)
    snapshot.stream_sizes[stream] = kept.bytes.size();
  TRY(TakeFiles(snapshot));
  if (plan_.observe.contains(Facet::kIpc)) {
    TRY_ASSIGN(const auto objects, box_->ListIpc());
    for (const sandbox::IpcObject& object : objects)
      snapshot.ipc.push_back({.kind = object.kind, .name = object.name});
  }
  if (terminal_) snapshot.terminal = terminal_->Settings();
  if (plan_.observe.contains(Facet::kUsage))
    recording_.machine.usage[name] = trace::UsageNow(tracer_);
  recording_.snapshots[name] = std::move(snapshot);
  return {};
}

}  // namespace plumbline::scenario

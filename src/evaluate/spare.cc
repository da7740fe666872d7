// SPDX-License-Identifier: MIT
#include "evaluate/spare.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "base/syscalls.h"
#include "evaluate/reach.h"

namespace plumbline::evaluate {
namespace {

using record::Call;
using record::ObjectKind;
using record::Snapshot;
using record::Transfer;

bool IsSocket(const record::Object& object) { return object.kind == ObjectKind::kSocket; }

// Pipes, FIFOs and sockets, without the grader's own ends of the standard streams, which nobody has
// to close.
bool IsJudged(const record::Object* object, const record::Recording& recording) {
  if (object == nullptr) return false;
  if (IsSocket(*object)) return true;
  const bool pipe = object->kind == ObjectKind::kPipe || object->kind == ObjectKind::kFifo;
  return pipe && (object->role.empty() || recording.connections.contains(object->role));
}

// The whole number `number`, not as a part of a longer one.
bool MentionsNumber(std::string_view text, int number) {
  const std::string wanted = std::to_string(number);
  for (size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    const auto is_digit = [&](size_t i) {
      return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    if ((at == 0 || !is_digit(at - 1)) && !is_digit(at + wanted.size())) return true;
  }
  return false;
}

// poll(2) and select(2) name several descriptors in a set, "[3 POLLIN, 4 POLLOUT]"; of a set that
// was not read, "...", each descriptor may be in it. epoll_ctl(2) is about one.
bool Polls(const Call& call, int fd) {
  static constexpr std::string_view kSets[] = {"fds", "readfds", "writefds", "exceptfds"};
  if (call.family != "poll") return false;
  return std::ranges::any_of(call.args, [&](const auto& arg) {
    const auto& [name, text] = arg;
    if (std::ranges::find(kSets, name) == std::end(kSets)) return false;
    return text == "..." || (text.starts_with('[') && MentionsNumber(text, fd));
  });
}

// close(2), and what only looks at a descriptor or marks it.
bool IsNoUse(const Call& call) {
  if (call.name == "close" || call.name == "close_range" || call.name == "fstat") return true;
  static constexpr std::string_view kMarks[] = {"F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL"};
  return call.name == "fcntl" && std::ranges::any_of(call.args, [](const auto& arg) {
           return std::ranges::find(kMarks, arg.second) != std::end(kMarks);
         });
}

// open(2) of "/dev/fd/63", as for a shell's <(command).
bool OpensAgain(const Call& call, int fd) {
  if (call.family != "open") return false;
  const std::string number = "/fd/" + std::to_string(fd);
  return std::ranges::any_of(call.args, [&](const auto& arg) {
    return arg.second == "/dev" + number || arg.second == "/proc/self" + number;
  });
}

bool Uses(const record::Event& event, int fd) {
  if (const auto* transfer = std::get_if<Transfer>(&event.what)) return transfer->fd == fd;
  const auto* call = std::get_if<Call>(&event.what);
  if (call == nullptr) return false;
  return (call->fd == fd && !IsNoUse(*call)) || Polls(*call, fd) || OpensAgain(*call, fd);
}

// close_range(2): the first and the last, which may be the largest number there is.
bool IsInRange(const Call& call, int fd) {
  if (call.args.size() < 2) return false;
  const auto number = static_cast<unsigned long>(fd);
  return std::strtoul(call.args[0].second.c_str(), nullptr, 10) <= number &&
         number <= std::strtoul(call.args[1].second.c_str(), nullptr, 10);
}

// close(2) of it, or another thing put on its number by dup2(2).
bool Closes(const record::Event& event, int fd) {
  const auto* call = std::get_if<Call>(&event.what);
  if (call == nullptr || call->error != 0) return false;
  if (call->name == "close") return call->fd == fd;
  if (call->name == "close_range") return IsInRange(*call, fd);
  return call->made_fd == fd && call->fd != fd;
}

// What a process does with a descriptor from a snapshot on.
struct Later {
  bool used = false;
  bool closed = false;  // by itself, not by its end
};

// From the event at `from` on. A child that is born with it and uses it is a use: that is what its
// parent kept it for.
Later After(const record::Recording& recording, const Holding& holding,
            const record::Descriptor& descriptor, size_t from) {
  Later later;
  const auto& events = recording.events;
  for (size_t i = from; i < events.size() && !later.used && !later.closed; ++i) {
    const record::Event& event = events[i];
    if (event.actor != holding.process) continue;
    later.used = Uses(event, holding.fd);
    later.closed = Closes(event, holding.fd);
    if (const auto* born = std::get_if<record::Born>(&event.what)) {
      later.used = After(recording, {born->child, holding.fd}, descriptor, i + 1).used;
    }
    const auto* executed = std::get_if<record::Executed>(&event.what);
    if (executed != nullptr && executed->error == 0 && descriptor.close_on_exec) break;
  }
  return later;
}

// Threads that wait on it at the snapshot use it; of poll and its like the descriptors are not
// known while it waits, so that all count.
bool WaitsOn(const record::ProcessStateAt& state, int fd) {
  return std::ranges::any_of(state.threads, [&](const record::Thread& thread) {
    if (!thread.blocked) return false;
    const auto number = SyscallNumber(thread.blocked->call);
    const bool polls = number && SyscallFamily(*number) == "poll";
    return thread.blocked->fd == fd || polls;
  });
}

// Whether the process itself worked with this end before: reading, writing, listening.
bool UsedBefore(const Scene& scene, const Holding& holding, int object, const Snapshot& at) {
  static constexpr std::string_view kWork[] = {"listen", "accept", "accept4", "connect",
                                               "shutdown"};
  return std::ranges::any_of(EventsUntil(scene, &at), [&](const record::Event& event) {
    if (event.actor != holding.process) return false;
    if (const auto* transfer = std::get_if<Transfer>(&event.what))
      return transfer->object == object;
    const auto* call = std::get_if<Call>(&event.what);
    if (call == nullptr) return false;
    const bool works = std::ranges::find(kWork, call->name) != std::end(kWork);
    return (call->object == object && works) || Polls(*call, holding.fd);
  });
}

// Python and its like keep pipes to helpers of their own.
bool IsInterpreters(const Scene& scene, int object, const Snapshot& at) {
  const auto& processes = scene.recording().processes;
  for (const End end : {End::kRead, End::kWrite}) {
    for (const Holding& holding : Holders(at, object, end)) {
      if (processes[static_cast<size_t>(holding.process)].internal) return true;
    }
  }
  return false;
}

}  // namespace

bool IsSpare(const Scene& scene, const Holding& holding, const Snapshot& at) {
  if (holding.fd <= 2) return false;
  const record::ProcessStateAt& state = *scene.StateAt(holding.process, at);
  const record::Descriptor& descriptor = state.descriptors.at(holding.fd);
  const record::Object* object = scene.recording().object(descriptor.object);
  if (!IsJudged(object, scene.recording()) || WaitsOn(state, holding.fd)) return false;
  const Later later = After(scene.recording(), holding, descriptor, static_cast<size_t>(at.event));
  if (later.used || IsInterpreters(scene, descriptor.object, at)) return false;
  // Who worked with it and closes it later says by that close that this was all; a socket says it
  // by its end too.
  return !(UsedBefore(scene, holding, descriptor.object, at) &&
           (later.closed || IsSocket(*object)));
}

}  // namespace plumbline::evaluate

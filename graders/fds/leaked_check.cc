// SPDX-License-Identifier: MIT
#include "graders/fds/leaked_check.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/syscalls.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/plumbing.h"
#include "evaluate/reach.h"

namespace plumbline::graders::fds {
namespace {

spec::KindTable Table() {
  return {.name = "fds.leaked",
          .doc = "Passes when none holds a pipe end or socket that it never uses again.",
          .params = {evaluate::AtParam(), evaluate::WhoParam()},
          .findings = {{"pipe-end-kept", "An end of a pipe stays open and is never used again."},
                       {"socket-kept", "A socket stays open and is never used again."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kDescriptors, record::Facet::kTransfers, record::Facet::kSockets};
}

using evaluate::End;
using evaluate::Holding;
using evaluate::Message;
using evaluate::Msg;
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
// was told as an address each descriptor may be in it. epoll_ctl(2) is about one.
bool Polls(const Call& call, int fd) {
  static constexpr std::string_view kSets[] = {"fds", "readfds", "writefds", "exceptfds"};
  if (call.family != "poll") return false;
  return std::ranges::any_of(call.args, [&](const auto& arg) {
    const auto& [name, text] = arg;
    if (std::ranges::find(kSets, name) == std::end(kSets)) return false;
    return text.starts_with("0x") || (text.starts_with('[') && MentionsNumber(text, fd));
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
bool UsedBefore(const evaluate::Scene& scene, const Holding& holding, int object,
                const Snapshot& at) {
  static constexpr std::string_view kWork[] = {"listen", "accept", "accept4", "connect",
                                               "shutdown"};
  return std::ranges::any_of(evaluate::EventsUntil(scene, &at), [&](const record::Event& event) {
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
bool IsInterpreters(const evaluate::Scene& scene, int object, const Snapshot& at) {
  const auto& processes = scene.recording().processes;
  for (const End end : {End::kRead, End::kWrite}) {
    for (const Holding& holding : evaluate::Holders(at, object, end)) {
      if (processes[static_cast<size_t>(holding.process)].internal) return true;
    }
  }
  return false;
}

bool IsLeaked(const evaluate::Scene& scene, const Holding& holding, const Snapshot& at) {
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

// 0, 1 and 2 belong to the program that runs there, whether it uses them or not.
std::vector<Holding> LeakedBy(const evaluate::Scene& scene, record::ProcessIndex process,
                              const Snapshot& at) {
  std::vector<Holding> leaked;
  for (const auto& [fd, descriptor] : scene.StateAt(process, at)->descriptors) {
    const Holding holding{process, fd};
    if (fd > 2 && IsLeaked(scene, holding, at)) leaked.push_back(holding);
  }
  return leaked;
}

// --- Which of them to tell about first: the write end that keeps a reader from its end of file.

std::optional<record::ProcessIndex> ReaderOf(const evaluate::Scene& scene, const Holding& holding,
                                             const Snapshot& at) {
  const int object = scene.StateAt(holding.process, at)->descriptors.at(holding.fd).object;
  std::optional<record::ProcessIndex> reader;
  for (const Holding& other : evaluate::Holders(at, object, End::kRead)) {
    if (!reader || other.fd == 0) reader = other.process;
  }
  return reader;
}

bool IsWriteEnd(const evaluate::Scene& scene, const Holding& holding, const Snapshot& at) {
  return scene.StateAt(holding.process, at)->descriptors.at(holding.fd).writable;
}

const Holding& Worst(const evaluate::Scene& scene, const std::vector<Holding>& leaked,
                     const Snapshot& at) {
  const auto write_end = std::ranges::find_if(leaked, [&](const Holding& holding) {
    return IsWriteEnd(scene, holding, at) && ReaderOf(scene, holding, at).has_value();
  });
  return write_end == leaked.end() ? leaked.front() : *write_end;
}

// --- The finding.

Message OneMore(const evaluate::Scene& scene, const Holding& holding, const Snapshot& at) {
  const auto& descriptor = scene.StateAt(holding.process, at)->descriptors.at(holding.fd);
  const Message who = scene.NameOf(holding.process, &at);
  const Message object = scene.NameOfObject(descriptor.object, at);
  if (IsSocket(*scene.recording().object(descriptor.object))) {
    return Msg("{who} also keeps descriptor {fd}: {object}.",
               {{"who", who}, {"fd", holding.fd}, {"object", object}});
  }
  return descriptor.writable ? Msg("{who} also keeps descriptor {fd}, the write end of {object}.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}})
                             : Msg("{who} also keeps descriptor {fd}, the read end of {object}.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}});
}

// "sort (process 5) never sees end of file" and the like.
Message Consequence(const evaluate::Scene& scene, const Holding& holding, const Snapshot& at) {
  if (!IsWriteEnd(scene, holding, at)) {
    return Msg("As long as a read end is open, nobody tells a writer that its reader has gone.");
  }
  const auto reader = ReaderOf(scene, holding, at);
  if (!reader) return Msg("As long as it is open, a reader never sees end of file.");
  if (*reader == holding.process) {
    return Msg("{reader} holds it itself, so that it never sees end of file.",
               {{"reader", scene.NameOf(*reader, &at)}});
  }
  return Msg("As long as it is open, {reader} never sees end of file.",
             {{"reader", scene.NameOf(*reader, &at)}});
}

void AddOrigin(const evaluate::Scene& scene, const Holding& holding, int object, const Snapshot& at,
               evaluate::Finding& finding) {
  const Message origin = evaluate::OriginOf(scene, object, at);
  const auto* maker = evaluate::MakerOf(scene, object);
  if (!origin.empty()) {
    finding.evidence.push_back(Msg("It was made by {origin}.", {{"origin", origin}}));
    finding.location = maker->where;
  }
  if (maker != nullptr && evaluate::GotBy(scene, holding, object, at) == nullptr) {
    finding.evidence.push_back(
        Msg("{who} was born with it.", {{"who", scene.NameOf(holding.process, &at)}}));
  }
}

Message KeptEnd(const evaluate::Scene& scene, const Holding& holding,
                const record::Descriptor& descriptor, const Snapshot& at) {
  const Message who = scene.NameOf(holding.process, &at);
  const Message object = scene.NameOfObject(descriptor.object, at);
  return descriptor.writable ? Msg("{who} still holds descriptor {fd}, the write end of {object}, "
                                   "and never uses it again.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}})
                             : Msg("{who} still holds descriptor {fd}, the read end of {object}, "
                                   "and never uses it again.",
                                   {{"who", who}, {"fd", holding.fd}, {"object", object}});
}

evaluate::Finding PipeEndKept(const evaluate::Scene& scene, const Holding& holding,
                              const Snapshot& at) {
  const auto& descriptor = scene.StateAt(holding.process, at)->descriptors.at(holding.fd);
  evaluate::Finding finding{.code = "pipe-end-kept",
                            .what = KeptEnd(scene, holding, descriptor, at),
                            .why = Consequence(scene, holding, at)};
  AddOrigin(scene, holding, descriptor.object, at, finding);
  const Message who = scene.NameOf(holding.process, &at);
  const bool made_it = evaluate::GotBy(scene, holding, descriptor.object, at) != nullptr;
  finding.next =
      made_it
          ? Msg("Close descriptor {fd} in {who} after fork().", {{"fd", holding.fd}, {"who", who}})
          : Msg("Close descriptor {fd} in {who} before it goes on, before exec() too.",
                {{"fd", holding.fd}, {"who", who}});
  return finding;
}

evaluate::Finding SocketKept(const evaluate::Scene& scene, const Holding& holding,
                             const Snapshot& at) {
  const int object = scene.StateAt(holding.process, at)->descriptors.at(holding.fd).object;
  const Message who = scene.NameOf(holding.process, &at);
  evaluate::Finding finding{
      .code = "socket-kept",
      .what = Msg("{who} still holds descriptor {fd}, {object}, and never uses it again.",
                  {{"who", who}, {"fd", holding.fd}, {"object", scene.NameOfObject(object, at)}}),
      .why = Msg("A connection ends for the other side only when the last copy of its socket is "
                 "closed; a port stays taken as long as one listens.")};
  AddOrigin(scene, holding, object, at, finding);
  finding.next =
      Msg("Close descriptor {fd} in {who}: after fork(), the parent closes the connection and the "
          "child the socket that listens.",
          {{"fd", holding.fd}, {"who", who}});
  return finding;
}

evaluate::Finding Tell(const evaluate::Scene& scene, const std::vector<Holding>& leaked,
                       const Snapshot& at) {
  const Holding& worst = Worst(scene, leaked, at);
  const int object = scene.StateAt(worst.process, at)->descriptors.at(worst.fd).object;
  evaluate::Finding finding = IsSocket(*scene.recording().object(object))
                                  ? SocketKept(scene, worst, at)
                                  : PipeEndKept(scene, worst, at);
  for (const Holding& other : leaked) {
    if (&other == &worst || finding.evidence.size() == 8) continue;
    finding.evidence.push_back(OneMore(scene, other, at));
  }
  if (evaluate::Hung(scene)) {
    std::ranges::move(evaluate::EvidenceOfEnd(scene), std::back_inserter(finding.evidence));
  }
  return finding;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), *at);
  if (!who) return who.error();
  std::vector<Holding> leaked;
  for (const record::ProcessIndex process : *who) {
    std::ranges::move(LeakedBy(scene, process, **at), std::back_inserter(leaked));
  }
  if (leaked.empty()) return evaluate::Pass{};
  return Tell(scene, leaked, **at);
}

}  // namespace

evaluate::CheckKind Leaked() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::fds

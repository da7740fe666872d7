// SPDX-License-Identifier: MIT
// Player: the steps that talk to the programs over connections, FIFOs, standard streams, the
// terminal.
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

#include "scenario/player.h"

namespace plumbline::scenario {
namespace {

std::unexpected<Halt> Failed(Error error) {
  return std::unexpected(Halt{.why = Halt::Why::kFailed, .instead = {}, .error = std::move(error)});
}

std::unexpected<Halt> Impossible(std::string instead) {
  return std::unexpected(
      Halt{.why = Halt::Why::kImpossible, .instead = std::move(instead), .error = {}});
}

// {n}: the number of a connection in its group.
class InGroup : public spec::PlaceholderSource {
 public:
  InGroup(const spec::PlaceholderSource& others, int number) : others_(others), number_(number) {}
  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    if (placeholder == "n" && number_ > 0) return std::to_string(number_);
    return others_.ValueOf(placeholder);
  }

 private:
  const spec::PlaceholderSource& others_;
  int number_;
};

// The state of a connection that is being made: nothing yet, or errno (0: it is made).
std::optional<int> ConnectedNow(int socket) {
  pollfd state{.fd = socket, .events = POLLOUT, .revents = 0};
  if (::poll(&state, 1, 0) != 1) return std::nullopt;
  int error = 0;
  socklen_t length = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length);
  return error;
}

std::string Quoted(const std::string& bytes) { return "\"" + bytes.substr(0, 200) + "\""; }

}  // namespace

std::vector<std::pair<Channel*, int>> Player::ChannelsNamed(const std::string& name) {
  std::vector<std::pair<Channel*, int>> found;
  const auto group = groups_.find(name);
  if (group == groups_.end()) {
    if (Channel* channel = stage_.FindChannel(name)) found.emplace_back(channel, 0);
    return found;
  }
  for (int n = 1; n <= group->second; ++n) {
    if (Channel* channel = stage_.FindChannel(name + std::to_string(n)))
      found.emplace_back(channel, n);
  }
  return found;
}

// --- Connecting.

Played Player::Do(const spec::Connect& step) {
  if (step.count == 0) return ConnectOne(step, step.as);
  groups_[step.as] = step.count;
  for (int n = 1; n <= step.count; ++n) {
    if (Played connected = ConnectOne(step, step.as + std::to_string(n)); !connected)
      return connected;
  }
  return {};
}

Played Player::ConnectOne(const spec::Connect& step, const std::string& name) {
  EndStanding();
  // One by one: a server with a short queue gets the time to accept.
  if (Played settled = Settle(); !settled) return settled;
  return step.purpose == spec::Connect::For::kBoth ? ConnectSocket(step, name)
                                                   : ConnectFifo(step, name);
}

Played Player::ConnectFifo(const spec::Connect& step, const std::string& name) {
  const bool writes = step.purpose == spec::Connect::For::kWriting;
  const std::string path = stage_.PathInside(step.path);
  UniqueFd fifo;
  Error last;
  const auto done = [&] {
    auto opened = stage_.box().OpenFifo(path, writes);
    if (!opened) {
      last = opened.error();
      return false;
    }
    fifo = *std::move(opened);
    return true;
  };
  const auto instead = [&]() -> std::string {
    if (last.code == ENXIO) return "nobody has it open for reading";
    return last.code == ENOENT ? "there is no such file" : last.message;
  };
  if (Played waited = WaitFor(done, instead); !waited) return waited;
  Channel& channel =
      stage_.AddChannel(Channel(name, Channel::Kind::kFifo, std::move(fifo), !writes, writes));
  stage_.NoteConnection(channel, {}, path);
  stage_.tracer().CountEffect();
  return {};
}

Played Player::ConnectSocket(const spec::Connect& step, const std::string& name) {
  const bool tcp = step.port != 0;
  if (tcp) stage_.network().Enable();
  const std::string path = tcp ? "" : stage_.PathInside(step.path);
  auto socket = tcp ? stage_.box().ConnectTcp(step.port) : stage_.box().ConnectUnix(path);
  if (!socket) {
    if (socket.error().code == ECONNREFUSED) return Impossible("connection refused");
    if (socket.error().code == ENOENT) return Impossible("there is no such file");
    if (socket.error().code == EAGAIN) return Impossible("its queue of connections is full");
    return Failed(socket.error());
  }
  stage_.tracer().CountEffect();
  std::optional<int> error;
  const auto done = [&] {
    error = ConnectedNow(socket->get());
    return error.has_value();
  };
  const auto instead = [] { return std::string("its queue of connections is full"); };
  if (Played waited = WaitFor(done, instead); !waited) return waited;
  if (*error == ECONNREFUSED) return Impossible("connection refused");
  if (*error != 0) return Impossible(Error(ErrnoError("connect", *error).error()).message);
  Channel& channel = stage_.AddChannel(Channel(
      name, tcp ? Channel::Kind::kTcp : Channel::Kind::kUnix, *std::move(socket), true, true));
  stage_.NoteConnection(channel, {}, path);
  return {};
}

Played Player::Do(const spec::Accept& step) {
  BuiltInPeer* peer = stage_.FindPeer(step.from);
  if (peer == nullptr) return Failed(Error{"the run's plan has no peer '" + step.from + "'"});
  UniqueFd client;
  const auto done = [&] {
    auto accepted = peer->Accept();
    if (!accepted) return false;
    client = *std::move(accepted);
    return true;
  };
  if (Played waited = WaitFor(done, [&] { return Rest(); }); !waited) return waited;
  const auto kind = peer->uses_tcp() ? Channel::Kind::kTcp : Channel::Kind::kUnix;
  Channel& channel = stage_.AddChannel(Channel(step.as, kind, std::move(client), true, true));
  stage_.NoteConnection(channel, step.from, {});
  stage_.tracer().CountEffect();
  return {};
}

// --- Talking.

Played Player::Do(const spec::Send& step) {
  if (Played settled = Settle(); !settled) return settled;
  for (const auto& [channel, number] : ChannelsNamed(step.to)) {
    const InGroup source(stage_.cast(), number);
    channel->Send(spec::Materialize(step.text, source), step.pieces);
  }
  if (stage_.Serve()) stage_.tracer().CountEffect();
  return {};
}

Played Player::Do(const spec::Receive& step) {
  for (const auto& [channel, number] : ChannelsNamed(step.from)) {
    const InGroup source(stage_.cast(), number);
    if (Played received = ReceiveFrom(step, *channel, source); !received) return received;
  }
  return {};
}

Played Player::ReceiveFrom(const spec::Receive& step, Channel& channel,
                           const spec::PlaceholderSource& source) {
  constexpr size_t kAll = std::numeric_limits<size_t>::max();
  const auto anything = [](const std::string&) { return true; };
  if (step.text) {
    const std::string wanted = spec::Materialize(*step.text, source);
    return Receive(
        channel, wanted.size(), [&](const std::string& got) { return got.size() == wanted.size(); },
        [&](const std::string& got) { return wanted.starts_with(got); });
  }
  if (step.contains) {
    const std::string wanted = spec::Materialize(*step.contains, source);
    return Receive(
        channel, kAll,
        [&](const std::string& got) { return got.find(wanted) != std::string::npos; }, anything);
  }
  if (step.bytes)
    return Receive(
        channel, *step.bytes, [&](const std::string& got) { return got.size() == *step.bytes; },
        anything);
  return Receive(channel, kAll, [&](const std::string&) { return channel.ended(); }, anything);
}

// Takes at most `most` bytes, until they are enough, or can never be.
Played Player::Receive(Channel& channel, size_t most,
                       const std::function<bool(const std::string&)>& enough,
                       const std::function<bool(const std::string&)>& possible) {
  std::string got;
  bool other = false;
  const auto done = [&] {
    while (!enough(got)) {
      const std::string bytes = channel.Read(most - got.size());
      if (bytes.empty()) return enough(got) || channel.ended() || !channel.open();
      stage_.tracer().CountEffect();
      stage_.journal().AddOutput(channel.name() + ".received", bytes, stage_.plan().limits.output);
      got += bytes;
      other = !possible(got);
      if (other) return true;
    }
    return true;
  };
  const auto so_far = [&] { return got.empty() ? Rest() : Quoted(got); };
  if (Played waited = WaitFor(done, so_far); !waited) return waited;
  if (other) return Impossible(Quoted(got));
  if (enough(got)) return {};
  if (!channel.open()) return Impossible("it is closed");
  return Impossible(channel.was_reset() ? "connection reset" : "end of file");
}

Played Player::Do(const spec::Shutdown& step) {
  if (Played settled = Settle(); !settled) return settled;
  for (const auto& [channel, number] : ChannelsNamed(step.channel)) channel->Shutdown();
  stage_.Serve();
  return {};
}

Played Player::Do(const spec::Close& step) {
  if (Played settled = Settle(); !settled) return settled;
  if (stage_.CloseOutput(step.channel)) return {};
  for (const auto& [channel, number] : ChannelsNamed(step.channel)) channel->Close();
  stage_.Serve();
  return {};
}

Played Player::Do(const spec::Reset& step) {
  if (Played settled = Settle(); !settled) return settled;
  for (const auto& [channel, number] : ChannelsNamed(step.channel)) channel->Reset();
  stage_.tracer().CountEffect();
  return {};
}

}  // namespace plumbline::scenario

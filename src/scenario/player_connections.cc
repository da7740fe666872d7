// SPDX-License-Identifier: MIT
// Player: the steps that make connections.
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "record/instead.h"
#include "scenario/player.h"

namespace plumbline::scenario {

namespace instead = record::instead;

namespace {

// The state of a connection that is being made: nothing yet, or errno (0: it is made).
std::optional<int> ConnectedNow(int socket) {
  pollfd state{.fd = socket, .events = POLLOUT, .revents = 0};
  if (::poll(&state, 1, 0) != 1) return std::nullopt;
  int error = 0;
  socklen_t length = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length);
  return error;
}

}  // namespace

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
    if (opened)
      fifo = *std::move(opened);
    else
      last = opened.error();
    // A file and its reader may yet come; all else stays as it is.
    return fifo || (last.code != ENXIO && last.code != ENOENT);
  };
  const auto missing = [&] {
    return std::string(last.code == ENXIO ? instead::kNoReader : instead::kNoFile);
  };
  if (Played waited = WaitFor(done, missing, step.within); !waited) return waited;
  if (!fifo) return Refused(last);
  Channel& channel =
      stage_.AddChannel(Channel(name, Channel::Kind::kFifo, std::move(fifo), !writes));
  stage_.NoteConnection(channel, {}, path);
  stage_.tracer().CountEffect();
  return {};
}

Played Player::ConnectSocket(const spec::Connect& step, const std::string& name) {
  const bool tcp = step.port != 0;
  if (tcp) stage_.network().Enable(false);
  const std::string path = tcp ? "" : stage_.PathInside(step.path);
  auto socket = tcp ? stage_.box().ConnectTcp(step.port) : stage_.box().ConnectUnix(path);
  if (!socket) return Refused(socket.error());
  stage_.tracer().CountEffect();
  std::optional<int> error;
  const auto done = [&] {
    error = ConnectedNow(socket->get());
    return error.has_value();
  };
  const auto full = [] { return std::string(instead::kQueueFull); };
  if (Played waited = WaitFor(done, full, step.within); !waited) return waited;
  if (*error != 0) return Refused(ErrnoError("connect", *error).error());
  Channel& channel = stage_.AddChannel(
      Channel(name, tcp ? Channel::Kind::kTcp : Channel::Kind::kUnix, *std::move(socket), true));
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
  if (Played waited = WaitFor(done, [&] { return Rest(); }, step.within); !waited) return waited;
  const auto kind = peer->uses_tcp() ? Channel::Kind::kTcp : Channel::Kind::kUnix;
  Channel& channel = stage_.AddChannel(Channel(step.as, kind, std::move(client), true));
  stage_.NoteConnection(channel, step.from, {});
  stage_.tracer().CountEffect();
  return {};
}

}  // namespace plumbline::scenario

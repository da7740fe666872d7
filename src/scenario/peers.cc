// SPDX-License-Identifier: MIT
#include "scenario/peers.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <ctime>

namespace plumbline::scenario {
namespace {

using Kind = spec::Peer::Kind;

constexpr size_t kChunk = 64 << 10;

// Day and time in a line of text, in the form that RFC 867 gives as an example.
std::string Daytime(Duration date) {
  const time_t now = std::chrono::floor<std::chrono::seconds>(date).count();
  tm broken{};
  ::gmtime_r(&now, &broken);
  std::array<char, 64> text{};
  const size_t length =
      std::strftime(text.data(), text.size(), "%A, %B %d, %Y %H:%M:%S-UTC\r\n", &broken);
  return {text.data(), length};
}

// A line of the "ring" of printing characters of RFC 864, beginning one further each time.
std::string CharacterLine(uint64_t number) {
  constexpr uint64_t kFirst = ' ';
  constexpr uint64_t kCount = 95;
  constexpr uint64_t kWidth = 72;
  std::string line;
  for (uint64_t i = 0; i < kWidth; ++i) line += static_cast<char>(kFirst + (number + i) % kCount);
  return line + "\r\n";
}

}  // namespace

Result<BuiltInPeer> BuiltInPeer::Open(const spec::Peer& peer, const std::string& path,
                                      sandbox::Sandbox& box) {
  BuiltInPeer made(peer);
  const int backlog = peer.kind == Kind::kFull ? 0 : 128;
  if (peer.port != 0) {
    made.network_ = box.network();
    TRY_ASSIGN(made.listener_, box.ListenTcp(peer.port, backlog));
  } else {
    TRY_ASSIGN(made.listener_, box.ListenUnix(path, backlog));
  }
  if (peer.kind == Kind::kFull) TRY(made.FillQueue(path, box));
  return made;
}

// Connects to itself until a connection has to wait: whoever comes then waits too.
Status BuiltInPeer::FillQueue(const std::string& path, sandbox::Sandbox& box) {
  constexpr int kMost = 16;  // a backlog of 0 leaves room for one or two (listen(2))
  for (int i = 0; i < kMost; ++i) {
    auto filler = peer_->port != 0 ? box.ConnectTcp(peer_->port) : box.ConnectUnix(path);
    if (!filler) {
      if (filler.error().code == EAGAIN) return {};  // of a UNIX socket: the queue is full
      return std::unexpected(filler.error());
    }
    pollfd state{.fd = filler->get(), .events = POLLOUT, .revents = 0};
    const bool connected = ::poll(&state, 1, 0) == 1 && (state.revents & POLLOUT) != 0;
    fillers_.push_back(*std::move(filler));
    if (!connected) return {};
  }
  return Fail("the queue of peer '" + peer_->name + "' does not fill");
}

std::optional<UniqueFd> BuiltInPeer::Accept() {
  UniqueFd client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!client) return std::nullopt;
  if (network_ != nullptr) network_->NoteAccepted(client.get());
  return client;
}

void BuiltInPeer::Greet(Channel& client) const {
  if (peer_->kind != Kind::kDaytime) return;
  client.Send(Daytime(date_()));
  // Half of it: what a client says too late shall not break the connection now and then.
  client.Shutdown();
}

// A generator's next lines, when the former were read.
void BuiltInPeer::SayMore(Client& client) const {
  constexpr int kLines = 64;
  if (peer_->kind != Kind::kChargen || client.channel.has_more_to_send()) return;
  std::string lines;
  for (int i = 0; i < kLines; ++i) lines += CharacterLine(client.line++);
  client.channel.Send(lines);
}

bool BuiltInPeer::Answer(Client& client, const Received& received) {
  const bool echoes = peer_->kind == Kind::kEcho;
  Channel& channel = client.channel;
  bool moved = false;
  SayMore(client);
  // Who gets its own words back slowly is not read any faster.
  while (channel.open() && !channel.ended() && !(echoes && channel.has_more_to_send())) {
    const std::string bytes = channel.Read(kChunk);
    if (bytes.empty()) break;
    moved = true;
    received(name() + ".received", bytes);
    if (echoes) channel.Send(bytes, peer_->pieces);
  }
  if (channel.open() && channel.ended() && !channel.closing()) {
    channel.Close();
    moved = true;
  }
  return moved;
}

bool BuiltInPeer::Serve(const HasUnread& has_unread, const Received& received) {
  if (peer_->kind == Kind::kScripted || peer_->kind == Kind::kFull) return false;
  bool moved = false;
  const auto kind = peer_->port != 0 ? Channel::Kind::kTcp : Channel::Kind::kUnix;
  while (auto client = Accept()) {
    clients_.push_back({.channel = Channel(name(), kind, *std::move(client), true)});
    Greet(clients_.back().channel);
    moved = true;
  }
  if (peer_->kind == Kind::kSilent) return moved;
  for (Client& client : clients_) {
    moved |= Answer(client, received);
    moved |= client.channel.Serve(has_unread);
  }
  std::erase_if(clients_, [](const Client& client) { return !client.channel.open(); });
  return moved;
}

}  // namespace plumbline::scenario

// SPDX-License-Identifier: MIT
// The built-in other ends: echo, daytime, chargen, sink and those that only listen. They live in
// the supervisor and are served from its loop.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "sandbox/sandbox.h"
#include "sandbox/shared_network.h"
#include "scenario/channel.h"
#include "spec/exercise.h"

namespace plumbline::scenario {

class BuiltInPeer {
 public:
  using HasUnread = std::function<bool(const Channel&)>;
  using Received = std::function<void(const std::string& stream, std::string_view bytes)>;

  // Listens inside, before any program of the exercise runs: at its port, or at `path` (absolute).
  static Result<BuiltInPeer> Open(const spec::Peer& peer, const std::string& path,
                                  sandbox::Sandbox& box);

  // What tells the date, since 1970.
  void set_date(std::function<Duration()> date) { date_ = std::move(date); }

  const std::string& name() const { return peer_->name; }
  bool uses_tcp() const { return peer_->port != 0; }
  int listener() const { return listener_.get(); }

  // Accepts, reads and answers what can be done now. True if anything moved. A scripted peer does
  // nothing by itself.
  bool Serve(const HasUnread& has_unread, const Received& received);

  // Of a scripted peer: the next connection, if there is one.
  std::optional<UniqueFd> Accept();

 private:
  struct Client {
    Channel channel;
    uint64_t line = 0;  // of kChargen: the next
  };

  explicit BuiltInPeer(const spec::Peer& peer) : peer_(&peer) {}
  Status FillQueue(const std::string& path, sandbox::Sandbox& box);
  void Greet(Channel& client) const;
  void SayMore(Client& client) const;
  bool Answer(Client& client, const Received& received);

  const spec::Peer* peer_;  // of the plan
  std::function<Duration()> date_;
  sandbox::SharedNetwork* network_ = nullptr;  // where it is shared
  UniqueFd listener_;
  std::list<Client> clients_;
  std::list<UniqueFd> fillers_;  // of kFull
};

}  // namespace plumbline::scenario

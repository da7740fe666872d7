// SPDX-License-Identifier: MIT
// Plays the steps of a scenario on a stage.
//
// Each step begins when all is at rest, so that what it meets does not depend on how fast the
// machine is; a step that waits lets the programs run. What a step does to several connections it
// does to one after another, with a rest between.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "scenario/halt.h"
#include "scenario/motion.h"
#include "scenario/stage.h"

namespace plumbline::scenario {

class Player {
 public:
  Player(Stage& stage, Motion& motion) : stage_(stage), motion_(motion) {}

  // Starts the peers that are programs, then the submission, and takes the snapshot `start`.
  Played Begin();
  // All steps. On an error, step() is the one that did not happen.
  Played PlaySteps();
  // All has come to rest or a limit is reached; takes the snapshot `end`.
  Played End();

  size_t step() const { return step_; }

 private:
  Played Do(const spec::AwaitAsleep& step);
  Played Do(const spec::AwaitBlocked& step);
  Played Do(const spec::AwaitExit& step);
  Played Do(const spec::AwaitStopped& step);
  Played Do(const spec::AwaitAlive& step);
  Played Do(const spec::AwaitListening& step);
  Played Do(const spec::AwaitOutput& step);
  Played Do(const spec::TakeSnapshot& step);
  Played Do(const spec::Connect& step);
  Played Do(const spec::Accept& step);
  Played Do(const spec::Send& step);
  Played Do(const spec::Receive& step);
  Played Do(const spec::Shutdown& step);
  Played Do(const spec::Close& step);
  Played Do(const spec::Reset& step);
  Played Do(const spec::Press& step);
  Played Do(const spec::SendSignal& step);
  Played Do(const spec::ChangeFile& step);
  Played Do(const spec::Start& step);
  Played Do(const spec::Hold& step);
  Played Do(const spec::Release& step);
  Played Do(const spec::Advance& step);

  Played ComeTo(size_t index);
  Played Settle();
  Played WaitFor(const std::function<bool()>& done, const std::function<std::string()>& instead,
                 std::optional<Duration> within);
  Played WaitForProcesses(const spec::WhoList& who, std::optional<Duration> within,
                          const std::function<bool(const trace::Process&)>& is);
  void EndStanding();
  Pause PassTime(Pause pause, Duration until);
  Played Launched(const Launch& launch);
  Played BeginPeer(const spec::Peer& peer);
  Result<std::vector<std::string>> CommandOf(const std::string& program) const;
  Played ConnectOne(const spec::Connect& step, const std::string& name);
  Played ConnectFifo(const spec::Connect& step, const std::string& name);
  Played ConnectSocket(const spec::Connect& step, const std::string& name);
  Played AwaitOutput(const spec::AwaitOutput& step, const std::string& stream, Channel* channel,
                     const spec::PlaceholderSource& source);
  Played ReceiveFrom(const spec::Receive& step, Channel& channel,
                     const spec::PlaceholderSource& source);
  std::string Take(Channel& channel, size_t most);
  Played Receive(Channel& channel, size_t most, std::optional<Duration> within,
                 const std::function<bool(const std::string&)>& enough,
                 const std::function<bool(const std::string&)>& possible);
  // The channels that a name stands for, a group's in order, each with its number.
  using Channels = std::expected<std::vector<std::pair<Channel*, int>>, Halt>;
  Channels ChannelsNamed(const std::string& name);
  Played ForEach(const std::vector<std::pair<Channel*, int>>& channels,
                 const std::function<Played(Channel&, int)>& act);
  std::string Rest() const;

  Stage& stage_;
  Motion& motion_;
  size_t step_ = 0;
  std::map<std::string, int> groups_;            // of connections: how many
  std::map<std::string, size_t> awaited_until_;  // by stream: what `await: output` has passed
  size_t screen_received_ = 0;                   // of the terminal's stream
};

}  // namespace plumbline::scenario

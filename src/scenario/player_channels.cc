// SPDX-License-Identifier: MIT
// Player: the steps that talk to the programs over connections, FIFOs, standard streams, the
// terminal.
#include <algorithm>
#include <limits>
#include <utility>

#include "record/instead.h"
#include "scenario/player.h"

namespace plumbline::scenario {

namespace instead = record::instead;

namespace {

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

}  // namespace

Player::Channels Player::ChannelsNamed(const std::string& name) {
  std::vector<std::pair<Channel*, int>> found;
  const auto add = [&](const std::string& one, int number) {
    if (Channel* channel = stage_.FindChannel(one)) found.emplace_back(channel, number);
  };
  const auto group = groups_.find(name);
  if (group == groups_.end()) add(name, 0);
  for (int n = 1; group != groups_.end() && n <= group->second; ++n)
    add(name + std::to_string(n), n);
  if (found.empty()) return Impossible(instead::kNoConnection);
  return found;
}

// One by one: what several do at once would depend on who is faster.
Played Player::ForEach(const std::vector<std::pair<Channel*, int>>& channels,
                       const std::function<Played(Channel&, int)>& act) {
  for (const auto& [channel, number] : channels) {
    if (Played settled = Settle(); !settled) return settled;
    if (Played acted = act(*channel, number); !acted) return acted;
    stage_.Serve();
    stage_.tracer().CountEffect();
  }
  return {};
}

Played Player::Do(const spec::Send& step) {
  const Channels channels = ChannelsNamed(step.to);
  if (!channels) return std::unexpected(channels.error());
  return ForEach(*channels, [&](Channel& channel, int number) -> Played {
    if (!channel.open() || channel.closing()) return Impossible(instead::kClosed);
    const InGroup source(stage_.cast(), number);
    channel.Send(spec::Materialize(step.text, source), step.pieces);
    return {};
  });
}

Played Player::Do(const spec::Receive& step) {
  const Channels channels = ChannelsNamed(step.from);
  if (!channels) return std::unexpected(channels.error());
  for (const auto& [channel, number] : *channels) {
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
        channel, wanted.size(), step.within,
        [&](const std::string& got) { return got.size() == wanted.size(); },
        [&](const std::string& got) { return wanted.starts_with(got); });
  }
  if (step.contains) {
    const std::string wanted = spec::Materialize(*step.contains, source);
    return Receive(
        channel, kAll, step.within,
        [&](const std::string& got) { return got.find(wanted) != std::string::npos; }, anything);
  }
  if (step.bytes)
    return Receive(
        channel, *step.bytes, step.within,
        [&](const std::string& got) { return got.size() == *step.bytes; }, anything);
  return Receive(
      channel, kAll, step.within, [&](const std::string&) { return channel.ended(); }, anything);
}

// What came, at most so much, and is kept. The screen is read for its stream anyway.
std::string Player::Take(Channel& channel, size_t most) {
  if (channel.kind() == Channel::Kind::kTerminal) {
    const std::string& screen = stage_.recording().streams[channel.name()].bytes;
    const std::string bytes = screen.substr(std::min(screen_received_, screen.size()), most);
    screen_received_ += bytes.size();
    return bytes;
  }
  std::string bytes = channel.Read(most);
  if (bytes.empty()) return bytes;
  stage_.tracer().CountEffect();
  stage_.journal().AddOutput(channel.name() + ".received", bytes, stage_.plan().limits.output);
  return bytes;
}

// Takes at most `most` bytes, until they are enough, or can never be.
Played Player::Receive(Channel& channel, size_t most, std::optional<Duration> within,
                       const std::function<bool(const std::string&)>& enough,
                       const std::function<bool(const std::string&)>& possible) {
  std::string got;
  bool other = false;
  const auto done = [&] {
    while (!enough(got)) {
      const std::string bytes = Take(channel, most - got.size());
      if (bytes.empty()) return enough(got) || channel.ended() || !channel.open();
      got += bytes;
      other = !possible(got);
      if (other) return true;
    }
    return true;
  };
  const auto so_far = [&] { return got.empty() ? Rest() : Quoted(got); };
  if (Played waited = WaitFor(done, so_far, within); !waited) return waited;
  if (other) return Impossible(Quoted(got));
  if (enough(got)) return {};
  if (!channel.open()) return Impossible(instead::kClosed);
  return Impossible(channel.was_reset() ? instead::kReset : instead::kEndOfFile);
}

// Of a group's stream: it came on each.
Played Player::Do(const spec::AwaitOutput& step) {
  constexpr std::string_view kReceived = ".received";
  if (!step.stream.ends_with(kReceived))
    return AwaitOutput(step, step.stream, nullptr, stage_.cast());
  const std::string name = step.stream.substr(0, step.stream.size() - kReceived.size());
  const Channels channels = ChannelsNamed(name);
  if (!channels) return std::unexpected(channels.error());
  for (const auto& [channel, number] : *channels) {
    const InGroup source(stage_.cast(), number);
    const std::string stream = channel->name() + std::string(kReceived);
    if (Played came = AwaitOutput(step, stream, channel, source); !came) return came;
  }
  return {};
}

// `channel`: where the stream comes from, if it has to be read.
Played Player::AwaitOutput(const spec::AwaitOutput& step, const std::string& stream,
                           Channel* channel, const spec::PlaceholderSource& source) {
  size_t& from = awaited_until_[stream];
  const auto unseen = [&]() -> std::string_view {
    const auto found = stage_.recording().streams.find(stream);
    if (found == stage_.recording().streams.end()) return {};
    return std::string_view(found->second.bytes).substr(from);
  };
  const auto done = [&] {
    while (channel != nullptr && !Take(*channel, 1 << 16).empty()) {
    }
    const std::string wanted = spec::Materialize(step.text, source);
    const size_t at = unseen().find(wanted);
    if (at == std::string::npos) return false;
    from += at + wanted.size();
    return true;
  };
  const auto so_far = [&] { return unseen().empty() ? Rest() : Quoted(std::string(unseen())); };
  return WaitFor(done, so_far, step.within);
}

Played Player::Do(const spec::Shutdown& step) {
  const Channels channels = ChannelsNamed(step.channel);
  if (!channels) return std::unexpected(channels.error());
  return ForEach(*channels, [](Channel& channel, int) -> Played {
    channel.Shutdown();
    return {};
  });
}

Played Player::Do(const spec::Close& step) {
  if (step.channel.ends_with(".stdout"))
    return stage_.CloseOutput(step.channel) ? Played() : Impossible(instead::kNoConnection);
  const Channels channels = ChannelsNamed(step.channel);
  if (!channels) return std::unexpected(channels.error());
  return ForEach(*channels, [](Channel& channel, int) -> Played {
    channel.Close();
    return {};
  });
}

Played Player::Do(const spec::Reset& step) {
  const Channels channels = ChannelsNamed(step.channel);
  if (!channels) return std::unexpected(channels.error());
  return ForEach(*channels, [](Channel& channel, int) -> Played {
    channel.Reset();
    return {};
  });
}

}  // namespace plumbline::scenario

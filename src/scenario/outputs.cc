// SPDX-License-Identifier: MIT
#include "scenario/outputs.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace plumbline::scenario {

Result<Outputs> Outputs::Open() {
  UniqueFd readable(::epoll_create1(EPOLL_CLOEXEC));
  if (!readable) return ErrnoError("epoll_create1");
  return Outputs(std::move(readable));
}

Status Outputs::Add(const std::string& stream, UniqueFd end) {
  epoll_event event{.events = EPOLLIN, .data = {}};
  if (::epoll_ctl(readable_.get(), EPOLL_CTL_ADD, end.get(), &event) < 0)
    return ErrnoError("epoll_ctl");
  if (::isatty(end.get()) == 1) has_terminal_ = true;
  outputs_.push_back({stream, std::move(end)});
  return {};
}

bool Outputs::Read(const Take& take) {
  epoll_event event{};
  if (!has_terminal_ && ::epoll_wait(readable_.get(), &event, 1, 0) <= 0) return false;
  std::array<char, 65536> buffer;
  bool any = false;
  for (Output& output : outputs_) {
    while (output.end) {
      const ssize_t count = ::read(output.end.get(), buffer.data(), buffer.size());
      if (count == 0) Leave(output);
      if (count <= 0) break;
      any = true;
      take(output.stream, {buffer.data(), static_cast<size_t>(count)});
      // A full buffer: there may be more. Else what comes meanwhile can wait, so that a flood does
      // not keep us here.
      if (static_cast<size_t>(count) < buffer.size()) break;
    }
  }
  return any;
}

bool Outputs::Close(const std::string& stream) {
  const auto found = std::ranges::find(outputs_.rbegin(), outputs_.rend(), stream, &Output::stream);
  if (found == outputs_.rend()) return false;
  Leave(*found);
  return true;
}

void Outputs::Leave(Output& output) {
  if (!output.end) return;
  // Closing alone would not do while a copy is open, as of a terminal.
  ::epoll_ctl(readable_.get(), EPOLL_CTL_DEL, output.end.get(), nullptr);
  output.end.Reset();
}

}  // namespace plumbline::scenario

// SPDX-License-Identifier: MIT
#include "trace/where/reader.h"

#include <linux/sched.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "sandbox/wire.h"
#include "trace/where/reader_process.h"

namespace plumbline::trace::where {
namespace {

using sandbox::Packer;
using sandbox::Unpacker;

Packer RequestOf(ReaderRequest kind) {
  Packer packer;
  packer.Signed(static_cast<int>(kind));
  return packer;
}

}  // namespace

// By clone(2) with a pidfd, as any child may be reaped by whoever waits for all of them.
std::unique_ptr<Reader> Reader::Start(int fd, Duration patience) {
  auto pair = sandbox::MakeSocketPair();
  if (!pair) return nullptr;
  int pidfd = -1;
  const long pid = ::syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, nullptr);
  if (pid == 0) RunReader(std::move(pair->theirs), fd);
  if (pid < 0) return nullptr;
  return std::unique_ptr<Reader>(new Reader(HostPid{static_cast<pid_t>(pid)}, UniqueFd(pidfd),
                                            std::move(pair->ours), patience));
}

Reader::Reader(HostPid process, UniqueFd pidfd, UniqueFd socket, Duration patience)
    : patience_(patience),
      process_(process),
      pidfd_(std::move(pidfd)),
      socket_(std::move(socket)) {}

Reader::~Reader() { End(); }

void Reader::End() {
  socket_.Reset();
  if (!pidfd_) return;
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
  siginfo_t ignored{};
  // ECHILD: somebody waited for any child and got it.
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &ignored, WEXITED) < 0 &&
         errno == EINTR) {
  }
  pidfd_.Reset();
}

// Without a descriptor: what may come with a message is closed by the kernel.
std::optional<std::string> Reader::ReceiveBefore(std::chrono::steady_clock::time_point deadline) {
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd source{socket_.get(), POLLIN, 0};
    const int ready = ::poll(&source, 1, static_cast<int>(std::max<int64_t>(left.count(), 0)));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    std::string answer(kMostAnswer, '\0');
    const ssize_t size = ::recv(socket_.get(), answer.data(), answer.size(), MSG_TRUNC);
    if (size <= 0 || static_cast<size_t>(size) > answer.size()) return std::nullopt;
    answer.resize(static_cast<size_t>(size));
    return answer;
  }
}

std::optional<std::string> Reader::Ask(std::string_view request) {
  if (!socket_) return std::nullopt;
  std::optional<std::string> answer;
  if (sandbox::Send(socket_.get(), request))
    answer = ReceiveBefore(std::chrono::steady_clock::now() + patience_);
  if (!answer) End();
  return answer;
}

std::optional<Outline> Reader::ReadOutline() {
  const auto answer = Ask(RequestOf(ReaderRequest::kOutline).bytes());
  if (!answer) return std::nullopt;
  Unpacker from(*answer);
  Outline outline;
  if (from.Number() != 1 || !Unpack(from, outline)) return std::nullopt;
  return outline;
}

std::optional<RowRange> Reader::RowAt(uint64_t address) {
  const auto answer = Ask(RequestOf(ReaderRequest::kRow).Number(address).bytes());
  if (!answer) return std::nullopt;
  Unpacker from(*answer);
  RowRange range;
  if (from.Number() != 1 || !Unpack(from, range)) return std::nullopt;
  return range;
}

std::optional<Watched> Reader::FindWatched() {
  const auto answer = Ask(RequestOf(ReaderRequest::kWatched).bytes());
  if (!answer) return std::nullopt;
  Unpacker from(*answer);
  Watched watched;
  if (from.Number() != 1 || !Unpack(from, watched)) return std::nullopt;
  return watched;
}

namespace {

std::string RequestFor(std::span<const Place> places) {
  Packer packer = RequestOf(ReaderRequest::kLocations);
  packer.Number(places.size());
  for (const Place& place : places) packer.Number(place.address).Number(place.innermost ? 1 : 0);
  return packer.bytes();
}

// What an answer says of the first places; empty: it makes no sense.
std::vector<std::optional<record::Location>> LocationsIn(std::string_view answer, size_t most) {
  Unpacker from(answer);
  std::vector<std::optional<record::Location>> locations;
  const uint64_t count = from.Number();
  if (count > most) return {};
  for (uint64_t left = count; left > 0; --left) {
    record::Location location;
    const bool found = from.Number() == 1;
    if (!from.ok() || (found && !Unpack(from, location))) return {};
    locations.push_back(found ? std::optional(std::move(location)) : std::nullopt);
  }
  return locations;
}

}  // namespace

std::vector<std::optional<record::Location>> Reader::LocationsAt(std::span<const Place> places) {
  std::vector<std::optional<record::Location>> all;
  while (all.size() < places.size()) {
    const auto rest = places.subspan(all.size());
    const auto some = rest.first(std::min(rest.size(), kMostPlaces));
    const auto answer = Ask(RequestFor(some));
    auto found = answer ? LocationsIn(*answer, some.size()) : decltype(all){};
    if (found.empty()) break;
    all.insert(all.end(), std::make_move_iterator(found.begin()),
               std::make_move_iterator(found.end()));
  }
  all.resize(places.size());
  return all;
}

}  // namespace plumbline::trace::where

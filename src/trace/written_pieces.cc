// SPDX-License-Identifier: MIT
#include "trace/written_pieces.h"

#include <algorithm>

namespace plumbline::trace {

void WrittenPieces::NotePair(int one, int other) {
  if (one == 0 || other == 0) return;
  other_ends_[one] = other;
  other_ends_[other] = one;
}

void WrittenPieces::NoteConnected(int object, HostPid by, const std::string& name) {
  queues_[name].emplace_back(by, object);
}

// What the grader or a peer has connected is in no queue here.
void WrittenPieces::NoteAccepted(int object, HostPid connected_by, const std::string& name) {
  auto& queue = queues_[name];
  const auto connected = std::ranges::find(queue, connected_by, &std::pair<HostPid, int>::first);
  if (connected == queue.end()) return;
  NotePair(connected->second, object);
  queue.erase(connected);
}

int WrittenPieces::SourceOf(int object) const {
  const auto other = other_ends_.find(object);
  return other == other_ends_.end() ? object : other->second;
}

void WrittenPieces::Note(const record::Transfer& transfer, bool between_descriptors) {
  const bool written = transfer.way == record::Transfer::Way::kWritten;
  const int source = written ? transfer.object : SourceOf(transfer.object);
  if (between_descriptors) mixed_.insert(source);
  auto& pieces = pieces_[source];
  if (written) {
    if (transfer.bytes > 0) pieces.push_back(transfer.bytes);
    return;
  }
  for (uint64_t left = transfer.bytes; left > 0;) {
    // More came out than was seen going in: somebody else writes there.
    if (pieces.empty()) {
      mixed_.insert(source);
      return;
    }
    const uint64_t taken = std::min(left, pieces.front());
    left -= taken;
    pieces.front() -= taken;
    if (pieces.front() == 0) pieces.pop_front();
  }
}

std::optional<std::deque<uint64_t>> WrittenPieces::Of(int object) const {
  const int source = SourceOf(object);
  if (mixed_.contains(source)) return std::nullopt;
  const auto pieces = pieces_.find(source);
  return pieces == pieces_.end() ? std::deque<uint64_t>{} : pieces->second;
}

}  // namespace plumbline::trace

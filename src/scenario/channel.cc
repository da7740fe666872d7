// SPDX-License-Identifier: MIT
#include "scenario/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace plumbline::scenario {

using record::Ended;

Channel::Channel(std::string name, Kind kind, UniqueFd fd, bool reads)
    : name_(std::move(name)), kind_(kind), fd_(std::move(fd)), reads_(reads) {}

void Channel::Send(std::string_view bytes, int pieces) {
  const auto count = static_cast<size_t>(std::max(pieces, 1));
  size_t begin = 0;
  for (size_t i = 1; i <= count; ++i) {
    const size_t end = bytes.size() * i / count;
    if (end > begin) pieces_.emplace_back(bytes.substr(begin, end - begin));
    begin = end;
  }
}

void Channel::Reset() {
  if (is_socket() && open()) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  pieces_.clear();
  Leave();
}

// What the other side did until now stays known.
void Channel::Leave() {
  fd_.Reset();
  shutdown_ = close_ = false;
}

bool Channel::Serve(const std::function<bool(const Channel&)>& has_unread) {
  if (!open()) return false;
  bool moved = false;
  while (!pieces_.empty()) {
    if (sent_ == 0 && moved && has_unread(*this)) return true;
    if (sent_ == 0 && !moved && has_unread(*this)) return false;
    const std::string& piece = pieces_.front();
    const char* from = piece.data() + sent_;
    const size_t left = piece.size() - sent_;
    const ssize_t count = is_socket() ? ::send(fd_.get(), from, left, MSG_NOSIGNAL | MSG_DONTWAIT)
                                      : ::write(fd_.get(), from, left);
    if (count < 0) {
      if (errno == EAGAIN || errno == EINTR) return moved;
      // The reader has left: what it did not take is nobody's.
      reset_ = reset_ || errno == ECONNRESET;
      pieces_.clear();
      sent_ = 0;
      moved = true;
      break;
    }
    moved = true;
    sent_ += static_cast<size_t>(count);
    if (sent_ < piece.size()) continue;
    pieces_.pop_front();
    sent_ = 0;
  }
  if (shutdown_ && !close_) {
    shutdown_ = false;
    moved = true;
    if (is_socket())
      ::shutdown(fd_.get(), SHUT_WR);
    else if (!reads_)
      Leave();
  }
  if (close_) {
    Leave();
    moved = true;
  }
  return moved;
}

std::string Channel::Read(size_t most) {
  std::string bytes;
  if (!open() || end_read_) return bytes;
  bytes.resize(std::min<size_t>(most, 1 << 20));
  const ssize_t count = ::read(fd_.get(), bytes.data(), bytes.size());
  if (count > 0) {
    bytes.resize(static_cast<size_t>(count));
    return bytes;
  }
  bytes.clear();
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return bytes;
  // A FIFO that nobody has opened for writing yet reads like one that all have left.
  if (count == 0 && kind_ == Kind::kFifo) {
    pollfd state{.fd = fd_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&state, 1, 0) != 1 || (state.revents & POLLHUP) == 0) return bytes;
  }
  if (count < 0 && errno == ECONNRESET) reset_ = true;
  end_read_ = true;
  return bytes;
}

void Channel::NoteSocketError() {
  int error = 0;
  socklen_t length = sizeof error;
  ::getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &error, &length);
  if (error == ECONNRESET || error == EPIPE) reset_ = true;
}

Ended Channel::Look(const std::function<bool(const Channel&)>& other_end_is_held) {
  if (!open()) return last_look_;
  pollfd state{.fd = fd_.get(), .events = POLLIN | POLLRDHUP, .revents = 0};
  ::poll(&state, 1, 0);
  if (is_socket() && (state.revents & POLLERR) != 0) NoteSocketError();
  if (reset_) return last_look_ = Ended::kReset;
  if (kind_ == Kind::kFifo || kind_ == Kind::kPipe) {
    const bool left = (state.revents & (reads_ ? POLLHUP : POLLERR)) != 0;
    return last_look_ = left ? Ended::kClosed : Ended::kOpen;
  }
  if ((state.revents & (POLLRDHUP | POLLHUP)) == 0 && !end_read_) return last_look_ = Ended::kOpen;
  // A UNIX socket hangs up when its other end is closed; TCP says no more than that a FIN came.
  const bool closed =
      kind_ == Kind::kUnix ? (state.revents & POLLHUP) != 0 : !other_end_is_held(*this);
  return last_look_ = closed ? Ended::kClosed : Ended::kHalfClosed;
}

}  // namespace plumbline::scenario

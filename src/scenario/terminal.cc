// SPDX-License-Identifier: MIT
#include "scenario/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>

#include "base/io.h"
#include "scenario/terminal_settings.h"

namespace plumbline::scenario {
namespace {

bool CanBeRead(int fd) {
  pollfd state{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&state, 1, 0) == 1 && (state.revents & POLLIN) != 0;
}

// The supervisor's ticks interrupt each wait.
void WaitUntilItCanBeRead(int fd, std::chrono::milliseconds most) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + most;
  pollfd state{.fd = fd, .events = POLLIN, .revents = 0};
  while (Clock::now() < deadline && ::poll(&state, 1, static_cast<int>(most.count())) < 0) {
  }
}

}  // namespace

Result<Terminal> Terminal::Open(sandbox::Sandbox& box) {
  TRY_ASSIGN(sandbox::Sandbox::Terminal ends, box.OpenTerminal());
  return Terminal(std::move(ends));
}

Result<UniqueFd> Terminal::Copy() const {
  UniqueFd copy(::fcntl(ends_.master.get(), F_DUPFD_CLOEXEC, 3));
  if (!copy) return ErrnoError("fcntl F_DUPFD_CLOEXEC");
  return copy;
}

bool Terminal::Press(std::string_view keys) const {
  if (!WriteAll(ends_.master.get(), keys)) return false;
  // Behind a line that nobody has read yet nothing tells when a key has come (Deliver()), but its
  // echo; without one, time.
  if (CanBeRead(slave())) WaitUntilItCanBeRead(ends_.master.get(), std::chrono::milliseconds(50));
  return true;
}

// Where there is nothing to read, poll(2) of a terminal first waits for the kernel's worker
// (tty_buffer_flush_work() in n_tty_poll()).
void Terminal::Deliver() const { CanBeRead(slave()); }

bool Terminal::HasUnread() const {
  Deliver();
  int count = 0;
  return ::ioctl(slave(), FIONREAD, &count) == 0 && count > 0;
}

std::string Terminal::Settings() const { return TerminalSettings(ends_.master.get()); }

}  // namespace plumbline::scenario

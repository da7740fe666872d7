// SPDX-License-Identifier: MIT
#include "cli/child_end.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/unique_fd.h"

namespace plumbline::cli {

bool IsReadable(int fd) {
  pollfd ready{fd, POLLIN, 0};
  return ::poll(&ready, 1, 0) == 1;
}

int Reap(pid_t child) {
  int wait_status = 0;
  while (::waitpid(child, &wait_status, 0) < 0 && errno == EINTR) {
  }
  return wait_status;
}

Result<ChildEnd> ChildEnd::Of(boost::asio::io_context& io, pid_t child) {
  UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  if (!end) return ErrnoError("pidfd_open");
  return ChildEnd(child, std::make_shared<Descriptor>(io, end.Release()));
}

void ChildEnd::Await(std::function<void(std::optional<int>)> ended) const {
  const std::weak_ptr<Descriptor> held = end_;
  end_->async_wait(Descriptor::wait_read, [child = child_, held, ended = std::move(ended)](
                                              const boost::system::error_code& error) {
    const std::shared_ptr<Descriptor> end = held.lock();
    if (error || !end) return;
    int wait_status = 0;
    const pid_t reaped = ::waitpid(child, &wait_status, WNOHANG);
    if (reaped == 0) return ChildEnd(child, end).Await(ended);
    ended(reaped == child ? std::optional(wait_status) : std::nullopt);
  });
}

}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
#include "cli/submission_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

// A file is whole when its writer closes it or moves it into place.
constexpr uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE;

bool IsHidden(const fs::path& folder) { return folder.filename().native().starts_with('.'); }

}  // namespace

SubmissionWatch::SubmissionWatch(UniqueFd inotify, fs::path submission)
    : inotify_(std::move(inotify)), submission_(std::move(submission)) {}

Result<SubmissionWatch> SubmissionWatch::Of(const fs::path& submission) {
  UniqueFd inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!inotify) return ErrnoError("inotify_init1");
  SubmissionWatch watch(std::move(inotify), fs::absolute(submission));
  TRY(watch.WatchFolders());
  return watch;
}

Status SubmissionWatch::WatchFolders() {
  std::error_code error;
  const bool is_folder = fs::is_directory(submission_, error);
  const fs::path root = is_folder ? submission_ : submission_.parent_path();
  if (::inotify_add_watch(fd(), root.c_str(), kEvents) < 0)
    return ErrnoError("watch " + root.string());
  if (!is_folder) return {};
  // A folder below may go while we look: then there is nothing to watch.
  for (fs::recursive_directory_iterator it(root, error), end; !error && it != end;
       it.increment(error)) {
    if (!it->is_directory(error)) continue;
    if (IsHidden(it->path()))
      it.disable_recursion_pending();
    else
      ::inotify_add_watch(fd(), it->path().c_str(), kEvents | IN_ONLYDIR);
  }
  return {};
}

Status SubmissionWatch::Drain() {
  alignas(inotify_event) std::array<char, 4096> buffer;
  while (true) {
    const ssize_t count = ::read(fd(), buffer.data(), buffer.size());
    if (count > 0 || (count < 0 && errno == EINTR)) continue;
    if (count < 0 && errno != EAGAIN) return ErrnoError("read inotify");
    return WatchFolders();
  }
}

}  // namespace plumbline::cli

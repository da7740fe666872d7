// SPDX-License-Identifier: MIT
#include "build/workshop.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/text.h"
#include "sandbox/policy.h"

namespace plumbline::build {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  UniqueFd reader;
  UniqueFd writer;
};
Result<Pipe> MakePipe() {
  std::array<int, 2> fds{};
  if (::pipe2(fds.data(), O_CLOEXEC) < 0) return ErrnoError("pipe2");
  Pipe pipe{UniqueFd(fds[0]), UniqueFd(fds[1])};
  // Only our end: a compiler does not expect EAGAIN.
  if (::fcntl(pipe.reader.get(), F_SETFL, O_NONBLOCK) < 0) return ErrnoError("fcntl");
  return pipe;
}

// Keeps the beginning of what comes through a pipe and counts the rest.
class Capture {
 public:
  Capture(UniqueFd pipe, Bytes kept) : pipe_(std::move(pipe)), kept_(kept.count) {}

  // -1 from the end of file on, which poll(2) ignores.
  int fd() const { return pipe_.get(); }
  uint64_t count() const { return count_; }
  bool cut() const { return count_ > text_.size(); }
  std::string text() const { return ToUtf8(text_); }

  // What is there now. Bounded: others may write all the time.
  void Drain() {
    std::array<char, 65536> buffer;
    for (int rounds = 0; rounds < 16 && pipe_; ++rounds) {
      const ssize_t count = ::read(pipe_.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) return;
      if (count <= 0) return pipe_.Reset();
      Add({buffer.data(), static_cast<size_t>(count)});
    }
  }

 private:
  void Add(std::string_view bytes) {
    count_ += bytes.size();
    text_ += bytes.substr(0, kept_ - text_.size());
  }

  UniqueFd pipe_;
  size_t kept_;
  uint64_t count_ = 0;
  std::string text_;
};

// 0 when the time is over.
int MillisecondsUntil(Clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  return static_cast<int>(std::max<int64_t>(left.count(), 0));
}

std::vector<std::string> Environment(const std::string& path) {
  return {"PATH=" + path, "HOME=/lab", "LANG=C.UTF-8", "TZ=UTC", "TERM=dumb",
          // gcc(1): __DATE__ and __TIME__ are the same on each day.
          "SOURCE_DATE_EPOCH=0"};
}

}  // namespace

Workshop::Workshop(sandbox::Sandbox box, const Limits& limits, std::string root, std::string filter)
    : box_(std::move(box)),
      limits_(limits),
      root_(std::move(root)),
      filter_(std::move(filter)),
      until_(Clock::now() + limits.real) {}

Result<Workshop> Workshop::Open(const Request& request, const Limits& limits, std::string root) {
  TRY_ASSIGN(std::string filter, sandbox::MakeFilter({}));
  TRY_ASSIGN(
      sandbox::Sandbox box,
      sandbox::Sandbox::Create(
          {.rung = request.rung, .limits = limits.sandbox, .hidden_paths = request.hidden_paths}));
  std::vector<sandbox::FileToMake> files;
  for (const SourceFile& file : request.submission.files)
    files.push_back({.path = root + "/" + file.path,
                     .content = file.content,
                     .mode = file.executable ? 0755 : 0644});
  TRY(box.PutFiles(files));
  return Workshop(std::move(box), limits, std::move(root), std::move(filter));
}

Status Workshop::Put(const std::string& path, std::string_view content, int mode) {
  const sandbox::FileToMake file{.path = path, .content = content, .mode = mode};
  return box_.PutFiles({&file, 1});
}

Result<ToolRun> Workshop::Run(const std::vector<std::string>& argv, const std::string& path) {
  TRY_ASSIGN(Pipe pipe, MakePipe());
  const UniqueFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!null) return ErrnoError("open /dev/null");
  TRY_ASSIGN(sandbox::Started started,
             box_.Start({.argv = argv,
                         .env = Environment(path),
                         .directory = root_,
                         .descriptors = {null.get(), pipe.writer.get(), pipe.writer.get()},
                         .filter = filter_}));
  pipe.writer.Reset();
  // Held before its exec, so the number is still its own.
  const UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, started.host_pid.value, 0)));
  if (!end) return ErrnoError("pidfd_open");
  TRY(started.Proceed());

  // The end of the tool, not of the pipe: what it left running may hold the pipe open.
  ToolRun run;
  Capture capture(std::move(pipe.reader), limits_.kept_output);
  std::array<pollfd, 2> sources{{{-1, POLLIN, 0}, {end.get(), POLLIN, 0}}};
  while (sources[1].revents == 0 && run.stopped.empty()) {
    sources[0].fd = capture.fd();
    const int ready = ::poll(sources.data(), sources.size(), MillisecondsUntil(until_));
    if (ready < 0 && errno != EINTR) return ErrnoError("poll");
    if (ready == 0) run.stopped = "it did not end within " + ToString(limits_.real);
    capture.Drain();
    if (capture.count() > limits_.most_output.count)
      run.stopped = "it wrote more than " + ToString(limits_.most_output) + " of messages";
  }
  capture.Drain();
  run.output = capture.text();
  run.cut = capture.cut();
  if (!run.stopped.empty()) return run;
  if (const auto failure = started.Failure()) return std::unexpected(*failure);
  // It has ended: init says so as soon as it runs.
  TRY_ASSIGN(const auto ended, box_.WaitFor(started, std::chrono::seconds(60)));
  if (!ended) return Fail(argv[0] + ": ended, and the sandbox's init does not say how");
  run.status = ended->status;
  run.killed_by = ended->killed_by;
  return run;
}

Result<std::optional<Workshop::Product>> Workshop::Take(const std::string& directory,
                                                        const std::string& name) {
  TRY_ASSIGN(sandbox::Tree tree, box_.ReadTree(directory, true, limits_.program));
  const auto entry = std::ranges::find(tree.entries, name, &sandbox::FileEntry::path);
  if (entry == tree.entries.end() || entry->kind != sandbox::FileEntry::Kind::kFile)
    return std::optional<Product>();
  return Product{std::move(entry->content), entry->cut};
}

}  // namespace plumbline::build

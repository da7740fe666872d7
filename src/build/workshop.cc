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

#include "base/pipe.h"
#include "base/text.h"
#include "build/capture.h"
#include "build/memory.h"
#include "sandbox/policy.h"

namespace plumbline::build {
namespace {

using Clock = std::chrono::steady_clock;

// Only our end does not wait: a compiler does not expect EAGAIN.
Result<Pipe> PipeFromTool() {
  TRY_ASSIGN(Pipe pipe, MakePipe());
  if (::fcntl(pipe.reader.get(), F_SETFL, O_NONBLOCK) < 0) return ErrnoError("fcntl");
  return pipe;
}

// Between two looks at what a build uses.
constexpr std::chrono::milliseconds kInterval(100);

std::vector<std::string> Environment(const std::string& path) {
  return {"PATH=" + path, "HOME=/lab", "LANG=C.UTF-8", "TZ=UTC", "TERM=dumb",
          // gcc(1): __DATE__ and __TIME__ are the same on each day.
          "SOURCE_DATE_EPOCH=0"};
}

}  // namespace

Workshop::Workshop(sandbox::Sandbox box, const Limits& limits, std::string root, std::string filter)
    : box_(std::move(box)), limits_(limits), root_(std::move(root)), filter_(std::move(filter)) {
  if (box_.rung() == sandbox::Rung::kC)
    disk_.emplace(box_.base(),
                  sandbox::Room{.bytes = limits.sandbox.disk.count, .files = sandbox::kMostFiles});
}

Result<Workshop> Workshop::Open(const Request& request, const Limits& limits, std::string root) {
  TRY_ASSIGN(std::string filter, sandbox::MakeFilter({}, request.rung));
  TRY_ASSIGN(
      sandbox::Sandbox box,
      sandbox::Sandbox::Create(
          {.rung = request.rung, .limits = limits.sandbox, .hidden_paths = request.hidden_paths}));
  std::vector<sandbox::FileToMake> files;
  files.reserve(request.submission.files.size());
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
  TRY_ASSIGN(Pipe pipe, PipeFromTool());
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
  Capture capture(std::move(pipe.reader), limits_.kept_output);
  ToolRun run;
  TRY_ASSIGN(run.stopped, Watch(capture, end.get()));
  run.output = sandbox::WithoutBase(capture.text(), box_.base());
  run.cut = capture.cut();
  if (!run.stopped.empty()) return run;
  if (const auto failure = started.Failure()) return std::unexpected(*failure);
  // It has ended: init says so as soon as it runs.
  TRY_ASSIGN(const auto ended, box_.WaitFor(started, std::chrono::seconds(60)));
  if (!ended) return Fail(argv[0] + ": ended, and the sandbox's init does not say how");
  run.status = ended->status;
  run.killed_by = ended->killed_by;
  run.out_of_memory = box_.MemoryLimitHit();
  return run;
}

// To the end of the tool, not of the pipe: what it left running may hold the pipe open.
Result<std::string> Workshop::Watch(Capture& capture, int end) {
  std::array<pollfd, 2> sources{{{-1, POLLIN, 0}, {end, POLLIN, 0}}};
  auto next_look = Clock::now() + kInterval;
  while (sources[1].revents == 0) {
    sources[0].fd = capture.fd();
    if (::poll(sources.data(), sources.size(), kInterval.count()) < 0 && errno != EINTR)
      return ErrnoError("poll");
    capture.Drain();
    if (capture.count() > limits_.most_output.count)
      return "it wrote more than " + ToString(limits_.most_output) + " of messages";
    if (Clock::now() < next_look) continue;
    if (time_.Look(box_) >= limits_.real) return "it did not end within " + ToString(limits_.real);
    if (MemoryIn(box_) > limits_.sandbox.memory) return MemoryWords(limits_);
    if (FillsDisk()) return DiskWords(limits_);
    next_look = Clock::now() + kInterval;
  }
  capture.Drain();
  return FillsDisk() ? DiskWords(limits_) : std::string();
}

bool Workshop::FillsDisk() { return disk_ && disk_->Look(ProcessesIn(box_)); }

Result<std::optional<Workshop::Product>> Workshop::Take(const std::string& directory,
                                                        const std::string& name) {
  TRY_ASSIGN(sandbox::Tree tree, box_.ReadTree(directory, true, limits_.program));
  const auto entry = std::ranges::find(tree.entries, name, &sandbox::FileEntry::path);
  if (entry == tree.entries.end() || entry->kind != sandbox::FileEntry::Kind::kFile)
    return std::optional<Product>();
  TRY(box_.ChangeFile(directory + "/" + name, sandbox::Sandbox::Change::kRemove, {}));
  return Product{std::move(entry->content), entry->cut};
}

}  // namespace plumbline::build

// SPDX-License-Identifier: MIT
#include "cli/fetching.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>

#include "base/io.h"
#include "base/unique_fd.h"
#include "build/unpacking.h"
#include "cli/ending_signals.h"
#include "cli/git.h"
#include "cli/tool_process.h"

namespace plumbline::cli {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using gradebook::Repository;

// Fetching waits for others more than it works.
constexpr size_t kTogether = 8;
constexpr Bytes kMemory = MiB(4096);
constexpr rlim_t kProcessorSeconds = 60;
constexpr build::UnpackingLimits kForRepository{
    .entries = 50'000, .all = MiB(256), .processor_seconds = 10};

// The beginning of what a tool wrote.
std::string BeginningOf(const fs::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text(16 << 10, '\0');
  const ssize_t size = fd ? ::pread(fd.get(), text.data(), text.size(), 0) : 0;
  text.resize(size > 0 ? static_cast<size_t>(size) : 0);
  return text;
}

// One repository on its way: git's commands one after another.
class Fetch {
 public:
  using Done = std::function<void(Result<std::string>)>;

  Fetch(asio::io_context& io, const Repository& from, const FetchingOptions& options,
        const std::string& number, Done done)
      : io_(io),
        from_(from),
        options_(options),
        files_(options.folder / number),
        repository_(files_.string() + ".git"),
        tar_(files_.string() + ".tar"),
        out_(files_.string() + ".out"),
        err_(files_.string() + ".err"),
        done_(std::move(done)) {}

  void Begin() {
    Run(GitInit(repository_, from_), [this] {
      if (const Status written = WriteAttributes(repository_); !written)
        return Finish(std::unexpected(written.error()));
      Run(GitFetch(repository_, from_), [this] { Resolve(); });
    });
  }

 private:
  void Resolve() {
    Run(GitResolve(repository_), [this] {
      commit_ = BeginningOf(out_);
      commit_.erase(commit_.find_last_not_of('\n') + 1);
      Run(GitExport(repository_, commit_, tar_), [this] { Finish(Unpacked()); });
    });
  }

  void Run(std::vector<std::string> arguments, std::function<void()> next) {
    const bool fetches = std::ranges::find(arguments, "fetch") != arguments.end();
    auto started = ToolProcess::Start(io_,
                                      {.program = options_.git,
                                       .arguments = std::move(arguments),
                                       .environment = GitEnvironment(fetches),
                                       .out = out_,
                                       .err = err_,
                                       .memory = kMemory,
                                       .file = options_.most,
                                       .processor_seconds = kProcessorSeconds,
                                       .deadline = options_.patience},
                                      [this, next = std::move(next)](ToolEnd end) {
                                        if (end.wait_status == 0) return next();
                                        Finish(Failure(end));
                                      });
    if (!started) return Finish(std::unexpected(started.error()));
    // The one before has ended; its handler, which may be running, is its own.
    tool_ = *std::move(started);
  }

  std::unexpected<Error> Failure(const ToolEnd& end) const {
    const std::string where = WithoutPassword(from_.address) + ": ";
    const std::string said = FailureIn(BeginningOf(err_));
    if (end.late)
      return Fail(where + "git was not done within " + ToString(options_.patience),
                  "is the other side reachable? the next time it is fetched again");
    if (WIFSIGNALED(end.wait_status) || IsFull())
      return Fail(where + "it takes too much: more than " + ToString(options_.most) +
                      ", or more than " + std::to_string(kProcessorSeconds) + " s of work",
                  "a lab's repository is smaller: is it one? else give its files in a folder");
    return Fail(where + (said.empty() ? "git failed" : said),
                "are address, branch and rights as they should be? git ls-remote ADDRESS tells; "
                "the next time it is fetched again");
  }

  // A file is as large as it may be: setrlimit(2) then ended the one of git's processes that wrote.
  bool IsFull() const {
    std::error_code error;
    for (fs::recursive_directory_iterator it(repository_, error), end; !error && it != end;
         it.increment(error)) {
      if (it->is_regular_file(error) && it->file_size(error) >= options_.most.count) return true;
    }
    return false;
  }

  Result<std::string> Unpacked() {
    std::error_code error;
    if (!fs::create_directory(files_, error)) return ErrnoError(files_.string(), error.value());
    const Status done = build::Unpack(tar_, files_, kForRepository, [] { return true; });
    if (done) return commit_;
    Error why = done.error();
    const size_t at = why.message.find(tar_.string());
    if (at != std::string::npos)
      why.message.replace(at, tar_.string().size(), WithoutPassword(from_.address));
    return std::unexpected(std::move(why));
  }

  void Finish(const Result<std::string>& result) {
    std::error_code ignored;
    for (const fs::path& path : {repository_, tar_, out_, err_}) fs::remove_all(path, ignored);
    done_(result);
  }

  asio::io_context& io_;
  const Repository& from_;
  const FetchingOptions& options_;
  fs::path files_;
  fs::path repository_;  // ours, bare
  fs::path tar_;
  fs::path out_;
  fs::path err_;
  Done done_;
  std::string commit_;
  std::unique_ptr<ToolProcess> tool_;
};

class Fetching {
 public:
  Fetching(const std::vector<Repository>& all, const FetchingOptions& options)
      : all_(all), options_(options), signals_(io_), fetches_(all.size()) {
    AddEndingSignals(signals_);
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
      if (!error) signal_ = signal;
    });
  }

  Outcome<std::vector<Result<std::string>>> Do() {
    results_.assign(all_.size(), Fail("not fetched"));
    while (next_ < std::min(kTogether, all_.size())) Begin(next_++);
    while (!signal_ && done_ < all_.size()) io_.run_one();
    fetches_.clear();
    if (signal_) return std::unexpected(Stop::By(*signal_));
    return std::move(results_);
  }

 private:
  void Begin(size_t i) {
    fetches_[i] = std::make_unique<Fetch>(
        io_, all_[i], options_, std::to_string(i),
        [this, i](Result<std::string> result) { Finish(i, std::move(result)); });
    fetches_[i]->Begin();
  }

  void Finish(size_t i, Result<std::string> result) {
    results_[i] = std::move(result);
    options_.progress(++done_, all_.size());
    // Later: the one that finished is still at work.
    asio::post(io_, [this, i] {
      fetches_[i].reset();
      if (next_ < all_.size()) Begin(next_++);
    });
  }

  const std::vector<Repository>& all_;
  const FetchingOptions& options_;
  asio::io_context io_;
  asio::signal_set signals_;
  std::vector<std::unique_ptr<Fetch>> fetches_;
  std::vector<Result<std::string>> results_;
  size_t next_ = 0;
  size_t done_ = 0;
  std::optional<int> signal_;
};

}  // namespace

Outcome<std::vector<Result<std::string>>> FetchAll(const std::vector<Repository>& all,
                                                   const FetchingOptions& options) {
  return Fetching(all, options).Do();
}

}  // namespace plumbline::cli

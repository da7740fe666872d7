// SPDX-License-Identifier: MIT
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace plumbline::cli {
namespace {

// Operators read it; nothing is logged unless they ask.
void SetUpLog(const Options& options) {
  spdlog::set_default_logger(spdlog::stderr_logger_st("plumbline"));
  spdlog::set_level(options.verbose ? spdlog::level::debug : spdlog::level::off);
}

// As if SIGPIPE had ended it, which is what `plumbline list | head -1` expects; but it is ignored,
// so that whatever was under way is cleaned up first.
constexpr int kReaderGone = 128 + SIGPIPE;

int Finish(int status) {
  if (FlushOutput()) return status;
  if (ReaderIsGone()) return kReaderGone;
  Tell("plumbline: standard output could not be written\n  is it closed, or the disk full?\n");
  return static_cast<int>(Exit::kMachine);
}

int Run(const Invocation& invocation) {
  SetUpLog(invocation.options);
  const Outcome<Exit> exit = invocation.command->run(invocation.options);
  if (exit) return Finish(static_cast<int>(*exit));
  FlushOutput();
  if (!exit.error().text.empty()) Tell(exit.error().text + "\n");
  return exit.error().status;
}

int Main(std::vector<std::string> arguments) {
  const auto invocation = ParseArguments(std::move(arguments));
  if (invocation) return Run(*invocation);
  const NoInvocation& end = invocation.error();
  const std::string text = end.text.ends_with('\n') ? end.text : end.text + "\n";
  if (end.exit != Exit::kPassed) {
    Tell(text);
    return static_cast<int>(end.exit);
  }
  Print(text);
  return Finish(static_cast<int>(end.exit));
}

}  // namespace
}  // namespace plumbline::cli

// Where exceptions of libraries end; ours are values.
int main(int argc, char** argv) {
  using plumbline::cli::Complaint;
  plumbline::cli::OpenStandardDescriptors();
  std::signal(SIGPIPE, SIG_IGN);
  const int failed = static_cast<int>(plumbline::cli::Exit::kMachine);
  try {
    return plumbline::cli::Main({argv + (argc > 0 ? 1 : 0), argv + argc});
  } catch (const std::bad_alloc&) {
    plumbline::cli::Tell("plumbline: no memory is left\n  close other programs and run it again\n");
  } catch (const std::exception& error) {
    plumbline::cli::Tell(
        Complaint({std::string("unexpected: ") + error.what(),
                   "this is a mistake in plumbline: run it again with --verbose and tell "
                   "its authors"}) +
        "\n");
  }
  return failed;
}

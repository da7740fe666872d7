// SPDX-License-Identifier: MIT
// Stage: programs and their standard streams.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/pipe.h"
#include "scenario/stage.h"

namespace plumbline::scenario {

using record::ProcessIndex;

namespace {

// Ours is the non-blocking end. A program may open /dev/stdin or /dev/stdout again, as another user
// than made the pipe: the mode lets it.
Result<Pipe> PipeOfProgram(bool we_read) {
  TRY_ASSIGN(Pipe pipe, MakePipe());
  ::fchmod(pipe.reader.get(), 0666);
  ::fcntl(we_read ? pipe.reader.get() : pipe.writer.get(), F_SETFL, O_NONBLOCK);
  return pipe;
}

// Stands for the number that a program will have, until the sandbox knows it.
constexpr const char* kOwnPid = "\x01own pid\x01";

// What all say, and of a program that does not run yet its number.
class WithOwnPid : public spec::PlaceholderSource {
 public:
  WithOwnPid(const spec::PlaceholderSource& others, const std::string& name)
      : others_(others), own_(name + ".pid") {}
  std::optional<std::string> ValueOf(const std::string& placeholder) const override {
    if (placeholder == own_) return kOwnPid;
    return others_.ValueOf(placeholder);
  }

 private:
  const spec::PlaceholderSource& others_;
  std::string own_;
};

}  // namespace

Result<UniqueFd> Stage::OpenInput(const Launch& launch) {
  using Kind = spec::Input::Kind;
  if (launch.input.kind == Kind::kClosed) return UniqueFd();
  if (launch.input.kind == Kind::kFile) return box_->OpenFile(PathInside(launch.input.path), false);
  TRY_ASSIGN(Pipe pipe, PipeOfProgram(false));
  const std::string name = launch.name == "submission" ? "stdin" : launch.name + ".stdin";
  journal_.SetRole(journal_.ObjectOf(pipe.reader.get()), name);
  if (launch.input.kind == Kind::kEmpty) return std::move(pipe.reader);
  Channel channel(name, Channel::Kind::kPipe, std::move(pipe.writer), false);
  if (launch.input.kind == Kind::kText) {
    channel.Send(Materialize(launch.input.text));
    channel.Close();
  }
  channels_.insert_or_assign(name, std::move(channel));
  return std::move(pipe.reader);
}

Result<UniqueFd> Stage::NewOutput(const std::string& stream) {
  TRY_ASSIGN(Pipe pipe, PipeOfProgram(true));
  journal_.SetRole(journal_.ObjectOf(pipe.writer.get()), stream);
  TRY(outputs_->Add(stream, std::move(pipe.reader)));
  recording_.streams[stream];
  return std::move(pipe.writer);
}

Result<UniqueFd> Stage::OpenOutput(const Launch& launch) {
  using Kind = spec::Output::Kind;
  if (launch.output.kind == Kind::kClosed) return UniqueFd();
  if (launch.output.kind == Kind::kFile)
    return box_->OpenFile(PathInside(launch.output.path), true);
  return NewOutput(launch.name + ".stdout");
}

Result<Stage::StandardStreams> Stage::OpenStreams(const Launch& launch) {
  StandardStreams streams;
  TRY_ASSIGN(UniqueFd input, OpenInput(launch));
  TRY_ASSIGN(UniqueFd output, OpenOutput(launch));
  TRY_ASSIGN(UniqueFd errors, NewOutput(launch.name + ".stderr"));
  for (UniqueFd* fd : {&input, &output, &errors}) {
    streams.fds[streams.inside.size()] = fd->get();
    streams.inside.push_back(std::move(*fd));
  }
  return streams;
}

std::vector<std::string> Stage::Environment(const Launch& launch) const {
  std::map<std::string, std::string> env{{"PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"},
                                         {"HOME", "/lab"},
                                         {"LANG", "C.UTF-8"},
                                         {"TZ", "UTC"},
                                         {"TERM", launch.terminal ? "linux" : "dumb"}};
  for (const auto& [name, value] : launch.env) env[name] = spec::Substitute(value, cast_);
  std::vector<std::string> lines;
  for (const auto& [name, value] : env) lines.push_back(name + "=" + value);
  return lines;
}

Result<std::vector<std::string>> Stage::CommandOf(const Launch& launch) {
  std::vector<std::string> command = launch.command;
  if (!launch.solution.empty()) {
    TRY_ASSIGN(command, solutions_.Put(launch.solution, *box_));
  }
  const WithOwnPid source(cast_, launch.name);
  for (const std::string& word : launch.args) command.push_back(spec::Substitute(word, source));
  return command;
}

Status Stage::HideSolutions() {
  return solutions_.TakeAway(*box_, [this](ProcessIndex index) {
    const trace::Process& process = tracer_.process(index);
    return process.ended || (!process.executable.empty() && !tracer_.IsHeld(process));
  });
}

Result<ProcessIndex> Stage::Start(const Launch& launch) {
  TRY_ASSIGN(std::vector<std::string> argv, CommandOf(launch));
  StandardStreams streams;
  if (launch.terminal) {
    TRY(OpenTerminal());
  } else {
    TRY_ASSIGN(streams, OpenStreams(launch));
  }
  sandbox::Program program{.argv = std::move(argv),
                           .env = Environment(launch),
                           .terminal = launch.terminal ? terminal_->slave() : -1,
                           .filter = filter_,
                           .own_pid = kOwnPid,
                           .fixed_addresses = perturbation_.InTurns()};
  std::ranges::copy(streams.fds, program.descriptors.begin());
  TRY_ASSIGN(sandbox::Started started, box_->Start(program));
  TRY_ASSIGN(const ProcessIndex process, tracer_.Adopt(started.host_pid, started.pid, launch.name,
                                                       launch.program, launch.peer));
  if (launch.stands) directions_.LetStand(process);
  if (!launch.solution.empty()) solutions_.NoteStarted(process);
  TRY(started.Proceed());
  started_.emplace(process, std::move(started));
  return process;
}

std::optional<Error> Stage::FailureOf(ProcessIndex process) {
  const auto started = started_.find(process);
  return started == started_.end() ? std::nullopt : started->second.Failure();
}

// Of each program that runs on one its own; steps and snapshots mean the last.
Status Stage::OpenTerminal() {
  TRY_ASSIGN(terminal_, Terminal::Open(*box_));
  journal_.SetRole(journal_.ObjectOf(terminal_->slave()), "terminal");
  TRY_ASSIGN(UniqueFd keyboard, terminal_->Copy());
  channels_.insert_or_assign(
      "terminal", Channel("terminal", Channel::Kind::kTerminal, std::move(keyboard), false));
  TRY_ASSIGN(UniqueFd screen, terminal_->Copy());
  TRY(outputs_->Add("terminal", std::move(screen)));
  recording_.streams["terminal"];
  return {};
}

}  // namespace plumbline::scenario

// SPDX-License-Identifier: MIT
// Where a run takes place: the sandbox, the tracer, and the grader's ends of all streams. Knows how
// to do things; what is done when is the player's.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "record/perturbation.h"
#include "sandbox/disk.h"
#include "sandbox/pool.h"
#include "scenario/cast.h"
#include "scenario/channel.h"
#include "scenario/directions.h"
#include "scenario/outputs.h"
#include "scenario/peers.h"
#include "scenario/plan.h"
#include "scenario/solutions.h"
#include "scenario/terminal.h"
#include "scenario/unix_ends.h"
#include "trace/blocked/rest.h"
#include "trace/journal.h"
#include "trace/tracer.h"

namespace plumbline::scenario {

// A program to start, as the submission or by a step or as a peer.
struct Launch {
  std::string name;                       // "submission", a step's or a peer's
  std::string program = {};               // one of the exercise's programs, or ""
  std::string solution = {};              // one of the reference's, or ""
  std::vector<std::string> command = {};  // as it is; of a solution nothing
  std::vector<std::string> args = {};     // what follows, with placeholders
  spec::Input input = {};
  spec::Output output = {};
  bool terminal = false;  // one of its own
  std::map<std::string, std::string> env = {};
  bool peer = false;    // not the student's
  bool stands = false;  // before its first instruction, until a step waits
};

class Stage {
 public:
  // Makes the sandbox and the files and peers of the plan's scenario. `plan`, `recording` outlive
  // it.
  static Result<std::unique_ptr<Stage>> Open(const Plan& plan, sandbox::SandboxPool& pool,
                                             record::Recording& recording);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Starts a program under trace; it has yet to exec.
  Result<record::ProcessIndex> Start(const Launch& launch);
  // Of programs at rest: takes away the files of solutions that have begun.
  Status HideSolutions();
  // What kept a started program from running, if it is known by now.
  std::optional<Error> FailureOf(record::ProcessIndex process);

  // Moves bytes between the grader's ends and the programs, as far as that goes now. True if
  // anything moved.
  bool Serve();
  // Streams of the programs' output alone.
  bool ReadOutputs();

  // Of processes at rest: adds it to the recording.
  Status TakeSnapshot(const std::string& name);

  // The grader's end of that name; nullptr if there is none.
  Channel* FindChannel(const std::string& name);
  Channel& AddChannel(Channel channel);
  // A connection that programs see, as the recording has it; its addresses are read from the
  // socket.
  void NoteConnection(const Channel& channel, const std::string& peer, const std::string& path);
  BuiltInPeer* FindPeer(const std::string& name);
  // Stops reading a program's output: its reader leaves. False if there is no such stream.
  bool CloseOutput(const std::string& stream);

  bool HasUnread(const Channel& channel);
  // A key on the terminal; false if there is none.
  bool Press(std::string_view keys);
  // What was pressed is where the program can read it.
  void DeliverKeys() const;
  // A socket listens there.
  bool IsListening(int port, const std::string& path) const;
  // What all processes use, where no cgroup counts it; else 0. The most is remembered, on each
  // rung.
  Bytes SampleMemory();
  // The run's files are more than the file system of its own would hold that it lacks here.
  bool FillsDisk();

  // Kills all that is left and waits for its end; nothing of it is recorded.
  void KillAll();
  // What came on connections and was not received by a step yet.
  void DrainChannels();

  std::string Materialize(const spec::Text& text) const { return spec::Materialize(text, cast_); }
  std::string PathInside(const std::string& path) const;

  const Plan& plan() const { return plan_; }
  const record::Perturbation& perturbation() const { return perturbation_; }
  record::Recording& recording() { return recording_; }
  sandbox::Sandbox& box() { return *box_; }
  trace::Tracer& tracer() { return tracer_; }
  trace::Journal& journal() { return journal_; }
  trace::RestTest& rest() { return *rest_; }
  // Who spins has to use as much again until that is believed.
  void ForgetSpinning() { rest_->ForgetSpinning(); }
  // So long without an effect that it is no slow program between two of them.
  Duration LongSpin() const;
  // Init waits for a request. While it works it may still have open what it passed on.
  bool InitIsIdle() const;
  trace::LoopbackProbe& network() { return network_; }
  Directions& directions() { return directions_; }
  const Cast& cast() const { return cast_; }

 private:
  std::vector<HostPid> LivingPrograms() const;

  struct StandardStreams {
    std::vector<UniqueFd> inside;  // passed to the program, closed here after its start
    int fds[3] = {-1, -1, -1};
  };
  Stage(const Plan& plan, record::Recording& recording);
  Status SetUp(sandbox::SandboxPool& pool);
  std::set<int> CallsToStop() const;
  Status PutFiles();
  Status PutPrograms();
  Status OpenPeers();
  bool IsOfRun(uint64_t socket) const;
  Result<StandardStreams> OpenStreams(const Launch& launch);
  Result<UniqueFd> OpenInput(const Launch& launch);
  Result<UniqueFd> OpenOutput(const Launch& launch);
  Result<UniqueFd> NewOutput(const std::string& stream);
  Status OpenTerminal();
  Result<std::vector<std::string>> CommandOf(const Launch& launch);
  std::vector<std::string> Environment(const Launch& launch) const;
  void HangUp();
  Status TakeFiles(record::Snapshot& snapshot);
  void NameConnectionsIn(const record::Snapshot& snapshot);
  std::map<uint64_t, std::string> NamesOfUnixEnds();
  void NameUnixEndsIn(const record::Snapshot& snapshot);
  void MarkSpinners(record::Snapshot& snapshot);
  Status NameSemaphoreUsersIn(record::Snapshot& snapshot);

  const Plan& plan_;
  record::Perturbation perturbation_;
  record::Recording& recording_;
  trace::Journal journal_;
  Directions directions_;
  trace::Tracer tracer_;
  Cast cast_;
  Solutions solutions_;
  std::optional<sandbox::Sandbox> box_;
  std::optional<sandbox::DiskUse> disk_;  // on C
  UniqueFd init_stat_;                    // /proc/PID/stat of init
  std::string filter_;
  trace::LoopbackProbe network_;
  std::optional<trace::RestTest> rest_;
  std::optional<Outputs> outputs_;
  std::map<std::string, Channel> channels_;
  std::vector<BuiltInPeer> peers_;
  std::optional<UnixEnds> unix_ends_;  // once there is a connection of that kind
  std::optional<Terminal> terminal_;   // the last that was opened
  std::map<record::ProcessIndex, sandbox::Started> started_;
};

}  // namespace plumbline::scenario

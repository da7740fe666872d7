// SPDX-License-Identifier: MIT
// Who is who while the programs run: a `who` of the exercise against the processes as they are now.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spec/exercise.h"
#include "trace/tracer.h"

namespace plumbline::scenario {

class Cast : public spec::PlaceholderSource {
 public:
  // All outlive the cast.
  Cast(const trace::Tracer& tracer, const record::Recording& recording,
       const spec::Scenario& scenario)
      : tracer_(tracer), recording_(recording), scenario_(scenario) {}

  // The sandbox's init, whose /proc entry shows the sockets of all.
  void set_init(HostPid init) { init_ = init; }
  // sandbox::Sandbox::base().
  void set_base(const std::string& base) { base_ = base; }

  // By birth, each once; ended ones too.
  std::vector<record::ProcessIndex> Resolve(const spec::Who& who) const;
  std::vector<record::ProcessIndex> Resolve(const spec::WhoList& who) const;
  bool Includes(const spec::WhoList& who, record::ProcessIndex process) const;

  // {WHO.pid} {WHO.ppid} {CONN.client} {CONN.server} (also .ip, .port) {PEER.port} {cwd}.
  std::optional<std::string> ValueOf(const std::string& placeholder) const override;

 private:
  using Processes = std::vector<record::ProcessIndex>;
  Processes Base(const spec::Who& who) const;
  Processes StartedAs(const std::string& name) const;
  Processes RanProgram(const std::string& name) const;
  Processes HoldersOf(const spec::Who& who) const;
  Processes GroupOf(const spec::Who& who) const;
  Processes Students() const;
  Processes ChildrenOf(record::ProcessIndex parent) const;
  Processes DescendantsOf(const Processes& from) const;
  std::optional<std::string> AddressOf(const std::string& connection,
                                       const std::string& side) const;
  const record::Process& Recorded(record::ProcessIndex process) const;
  void NotePrograms() const;

  const trace::Tracer& tracer_;
  const record::Recording& recording_;
  const spec::Scenario& scenario_;
  HostPid init_;
  std::string base_;
  // File names of all that a process ever ran; grows with the recording.
  mutable std::map<record::ProcessIndex, std::vector<std::string>> programs_;
  mutable size_t noted_ = 0;
};

}  // namespace plumbline::scenario

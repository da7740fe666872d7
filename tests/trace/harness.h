// SPDX-License-Identifier: MIT
// Traced runs for tests: a sandbox, a program in it, a tracer, a recording. Each test is a
// supervisor of its own: a forked process, in its own namespaces, pinned to one processor.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "record/recording.h"
#include "sandbox/sandbox.h"
#include "trace/blocked/network.h"
#include "trace/blocked/rest.h"
#include "trace/journal.h"
#include "trace/tracer.h"

namespace plumbline::trace::testing {

using record::Facet;
using record::ProcessIndex;

const std::set<Facet>& Everything();

struct Setup {
  std::set<Facet> observed = {};
  std::set<int> also = {};  // calls that stop besides
  // What the director answers; nothing: it leaves everything as it is.
  std::function<bool(const Process&)> holds_at_start = {};
  std::function<bool(const Process&, const Entry&)> holds_before = {};
  std::function<int(const Process&, const Entry&)> fails_with = {};
  std::function<bool(const std::string&)> hides = {};
  std::function<std::optional<int>(const Process&)> told_status = {};
  sandbox::Limits limits = {};
  bool on_terminal = false;
};

class TracedRun : private Director {
 public:
  explicit TracedRun(Setup setup = {});
  ~TracedRun() override;

  // False after a failure of the machine, which the test reports then.
  bool ok() const { return ok_; }

  // "NAME args" of tests/tracees (argv[0] without a slash and no such command), or a command.
  void StartTracee(const std::string& name, std::vector<std::string> arguments = {});
  void StartCommand(std::vector<std::string> argv);
  // Goes on until everybody has ended (nothing), or until they rest in one of these ways; when they
  // are asleep otherwise, time jumps.
  std::optional<Rest> Run(const std::set<Rest>& rests = {Rest::kBlocked, Rest::kSpinning});
  // Expects that all end by themselves.
  void RunToEnd();
  // Expects that they come to this rest.
  void RunToRest(Rest rest);
  void ReleaseAll();
  // Probes so often, one right after the other but for stops that come; what was found.
  std::map<Rest, int> Watch(int probes);

  record::Snapshot TakeSnapshot(const std::string& name = "here");
  // What the program wrote on its standard output so far.
  std::string Output() const;
  std::string Errors() const;

  // The recording's number of the file that standard output goes to.
  int ObjectOfOutput() { return journal_->ObjectOf(output_.get()); }
  // How often the director was told to read what was written.
  int readings() const { return readings_; }

  const record::Recording& recording() const { return recording_; }
  // Every event of a kind, of one process or of all.
  template <typename Kind>
  std::vector<const Kind*> All(std::optional<ProcessIndex> actor = {}) const {
    std::vector<const Kind*> found;
    for (const record::Event& event : recording_.events) {
      if (actor && event.actor != *actor) continue;
      if (const auto* what = std::get_if<Kind>(&event.what)) found.push_back(what);
    }
    return found;
  }
  // Calls of this name.
  std::vector<const record::Call*> Calls(const std::string& name,
                                         std::optional<ProcessIndex> actor = {}) const;
  const record::Exited* EndOf(ProcessIndex process) const;
  // Every event as one word or a few, for expectations on order and for messages.
  std::vector<std::string> Story() const;

  Tracer& tracer() { return *tracer_; }
  Journal& journal() { return *journal_; }
  RestTest& rest() { return *rest_; }
  LoopbackProbe& network() { return network_; }
  sandbox::Sandbox& box() { return *box_; }
  const UniqueFd& terminal() const { return terminal_; }

 private:
  void BeforeStop() override { ++readings_; }
  bool HoldsAtStart(const Process& process) override;
  bool HoldsBefore(const Process& process, const Entry& entry) override;
  int FailsWith(const Process& process, const Entry& entry) override;
  bool Hides(const std::string& path) override;
  std::optional<int> ToldStatus(const Process& child) override;
  void Start(sandbox::Program program, const std::string& started_as);

  Setup setup_;
  bool ok_ = false;
  int readings_ = 0;
  record::Recording recording_;
  std::optional<sandbox::Sandbox> box_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Tracer> tracer_;
  LoopbackProbe network_;
  std::unique_ptr<RestTest> rest_;
  UniqueFd input_;
  UniqueFd output_;
  UniqueFd errors_;
  UniqueFd terminal_;
  std::vector<sandbox::Started> started_;
};

std::string ToString(Rest rest);
std::string Told(const record::Event& event);

enum class Account { kOwn, kUnprivileged };

// A test whose body runs in a supervisor's process, as each account.
class TraceTest : public ::testing::TestWithParam<Account> {
 protected:
  // Pinned to one processor, as a supervisor is, or not.
  enum class Processors { kOne, kAll };
  void Supervised(const std::function<void()>& body, Processors processors = Processors::kOne);
};

#define FOR_EACH_ACCOUNT(suite)                                                                 \
  INSTANTIATE_TEST_SUITE_P(                                                                     \
      As, suite, ::testing::Values(Account::kOwn, Account::kUnprivileged), [](const auto& at) { \
        return std::string(at.param == Account::kOwn ? "Own" : "Unprivileged");                 \
      })

}  // namespace plumbline::trace::testing

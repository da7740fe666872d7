// SPDX-License-Identifier: MIT
#include "report/exchanges.h"

#include <sys/wait.h>

#include <variant>

#include "base/signals.h"

namespace plumbline::report {
namespace {

using record::ProcessIndex;
using Kind = Exchange::Kind;

struct Collector {
  std::vector<Exchange> all{};
  ProcessIndex actor = record::kGrader;
  Duration time{};

  void operator()(const record::Born& born) {
    Add(Kind::kMade, actor, born.child,
        born.how == record::Born::How::kVfork ? "vfork()" : "fork()");
  }
  void operator()(const record::SignalSent& sent) {
    for (const ProcessIndex to : sent.to) Add(Kind::kSignalled, actor, to, SignalName(sent.signal));
  }
  void operator()(const record::Reaped& reaped) {
    const int status = reaped.wait_status;
    Add(Kind::kReaped, reaped.child, actor,
        WIFSIGNALED(status) ? SignalName(WTERMSIG(status))
                            : "exit " + std::to_string(WEXITSTATUS(status)));
  }
  void operator()(const auto&) {}

  // The grader makes programs, and makes itself felt by signals alone.
  void Add(Kind kind, ProcessIndex from, ProcessIndex to, std::string text) {
    if (to < 0 || (from < 0 && kind != Kind::kSignalled)) return;
    all.push_back({kind, from, to, std::move(text), time});
  }
};

}  // namespace

std::vector<Exchange> ExchangesOf(const record::Recording& run) {
  Collector collector;
  for (const record::Event& event : run.events) {
    collector.actor = event.actor;
    collector.time = event.time;
    std::visit(collector, event.what);
  }
  return std::move(collector.all);
}

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
// Is rest found where it is, and nowhere else? Counted, under load.
//
//   quiescence probes COUNT FILE   probes programs that pass a token around, until FILE counts so
//   many quiescence hangs RUNS FILE     runs each way to hang, until FILE has so many runs of each
//   quiescence told FILE           what FILE counts
//
// FILE gets a line a slice ("probes CARRIER ASKED RESTING") or a run ("hang WAY CODE
// MICROSECONDS"), so that it can be ended at any time and goes on where it was. Exit status 0:
// nothing was wrong in FILE; 1: something was; 2: usage; 3: the machine cannot do it.
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "base/busy_loops.h"
#include "sandbox/sandbox.h"
#include "tests/quiescence/subject.h"
#include "tests/quiescence/ways.h"

namespace plumbline::quiescence {
namespace {

constexpr const char* kCarriers[] = {"pipe",      "socket", "tcp",   "eventfd",
                                     "semaphore", "futex",  "signal"};
constexpr int kSlice = 10'000;   // probes of one ring
constexpr int kRunsAtOnce = 25;  // by one supervisor
constexpr int kLoops = 2;
// Of fewer runs the median says more of the machine than of us.
constexpr size_t kEnough = 100;
constexpr double kMostMedian = 5;  // milliseconds

// --- What the file counts.

struct Count {
  int64_t asked = 0;
  int64_t resting = 0;
};

struct Hangs {
  std::vector<int64_t> latencies;
  int wrong = 0;
  std::string said;  // instead, the first time
};

struct Tally {
  std::map<std::string, Count> probes;
  std::map<std::string, Hangs> hangs;
};

std::string_view CodeOf(const std::string& name) {
  const auto way = std::ranges::find(kWays, name, &Way::name);
  return way == std::end(kWays) ? "" : way->code;
}

Tally Read(const std::string& path) {
  Tally tally;
  std::ifstream in(path);
  for (std::string kind, name; in >> kind >> name;) {
    if (kind == "probes") {
      Count count;
      in >> count.asked >> count.resting;
      tally.probes[name].asked += count.asked;
      tally.probes[name].resting += count.resting;
      continue;
    }
    std::string code;
    int64_t latency = 0;
    in >> code >> latency;
    Hangs& hangs = tally.hangs[name];
    hangs.latencies.push_back(latency);
    if (code == CodeOf(name)) continue;
    if (hangs.wrong++ == 0) hangs.said = code;
  }
  return tally;
}

double Milliseconds(std::vector<int64_t> latencies, double part) {
  if (latencies.empty()) return 0;
  std::ranges::sort(latencies);
  const auto at = static_cast<size_t>(part * static_cast<double>(latencies.size() - 1));
  return static_cast<double>(latencies[at]) / 1000;
}

bool Tell(const Tally& tally) {
  bool right = true;
  Count all;
  for (const auto& [carrier, count] : tally.probes) {
    fmt::print("probes  {:<16} {:>8} asked, {} said that it rests\n", carrier, count.asked,
               count.resting);
    all.asked += count.asked;
    all.resting += count.resting;
  }
  if (all.asked > 0)
    fmt::print("probes  {:<16} {:>8} asked, {} said that it rests\n", "in all", all.asked,
               all.resting);
  right = all.resting == 0;
  for (const auto& [way, hangs] : tally.hangs) {
    const double median = Milliseconds(hangs.latencies, 0.5);
    fmt::print(
        "hang    {:<16} {:>5} runs, {:>5} found, {:>6.2f} ms median, {:>6.2f} ms of 99 in 100{}\n",
        way, hangs.latencies.size(), hangs.latencies.size() - static_cast<size_t>(hangs.wrong),
        median, Milliseconds(hangs.latencies, 0.99), hangs.wrong > 0 ? ", else " + hangs.said : "");
    right =
        right && hangs.wrong == 0 && (hangs.latencies.size() < kEnough || median <= kMostMedian);
  }
  return right;
}

// --- Slices, each in a supervisor's process.

void Pin() {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(static_cast<size_t>(::sched_getcpu()), &processors);
  ::sched_setaffinity(0, sizeof processors, &processors);
}

// Runs it in a process of its own, in namespaces as a supervisor's. What it tells goes to the file.
// False if it could not be done.
bool Supervised(bool pinned, const std::string& path, const std::function<Status(FILE*)>& body) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (const Status entered = sandbox::EnterSupervisorNamespaces(); !entered) {
      fmt::print(stderr, "quiescence: {}\n", entered.error().ToString());
      ::_exit(3);
    }
    if (pinned) Pin();
    FILE* file = std::fopen(path.c_str(), "a");
    if (file == nullptr) ::_exit(3);
    const Status done = body(file);
    std::fclose(file);
    if (!done) fmt::print(stderr, "quiescence: {}\n", done.error().ToString());
    std::fflush(nullptr);
    ::_exit(done ? 0 : 3);
  }
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

// Ways in which the same ring is another one: who shares a processor with it, whose calls stop, and
// how many they are.
Status Probe(const std::string& carrier, int64_t slice, FILE* file) {
  constexpr const char* kSizes[] = {"2", "6", "3", "12"};
  const Setting setting{.tracee = "token_ring",
                        .args = {carrier, kSizes[slice / 2 % std::size(kSizes)], "2000000000"},
                        .observe = slice % 4 < 3 ? std::set<record::Facet>{} : Everything()};
  sandbox::SandboxPool pool;
  TRY_ASSIGN(const auto subject, Subject::Start(setting, pool));
  const Subject::Probes probes = subject->Watch(kSlice);
  fmt::print(file, "probes {} {} {}\n", carrier, probes.asked, probes.resting);
  return {};
}

// The carrier that was asked least often.
std::string Next(const Tally& tally) {
  std::string next;
  int64_t least = 0;
  for (const char* carrier : kCarriers) {
    const auto known = tally.probes.find(carrier);
    const int64_t asked = known == tally.probes.end() ? 0 : known->second.asked;
    if (next.empty() || asked < least) {
      next = carrier;
      least = asked;
    }
  }
  return next;
}

int64_t Asked(const Tally& tally) {
  int64_t asked = 0;
  for (const auto& [carrier, count] : tally.probes) asked += count.asked;
  return asked;
}

int Probes(int64_t wanted, const std::string& path) {
  const BusyLoops loops(kLoops);
  for (Tally tally = Read(path); Asked(tally) < wanted; tally = Read(path)) {
    const std::string carrier = Next(tally);
    const int64_t slice = tally.probes[carrier].asked / kSlice;
    const bool done =
        Supervised(slice % 2 == 0, path, [&](FILE* file) { return Probe(carrier, slice, file); });
    if (!done) return 3;
  }
  return Tell(Read(path)) ? 0 : 1;
}

Status Hang(const Way& way, int runs, FILE* file) {
  const Setting setting{.tracee = "hangs",
                        .args = {std::string(way.name)},
                        .terminal = way.needs == Needs::kTerminal,
                        .open_input = way.needs == Needs::kOpenInput,
                        .observe = Everything()};
  sandbox::SandboxPool pool;
  for (int i = 0; i < runs; ++i) {
    TRY_ASSIGN(const auto subject, Subject::Start(setting, pool));
    const Result<Duration> latency = subject->RunUntilBlocked();
    if (!latency) {
      fmt::print(file, "hang {} ended 0\n", way.name);
      continue;
    }
    TRY_ASSIGN(const std::string code, subject->CodeOfHang());
    fmt::print(file, "hang {} {} {}\n", way.name, code,
               std::chrono::duration_cast<std::chrono::microseconds>(*latency).count());
  }
  return {};
}

int Hang(int wanted, const std::string& path) {
  const BusyLoops loops(kLoops);
  for (bool more = true; more;) {
    more = false;
    Tally tally = Read(path);
    for (const Way& way : kWays) {
      const auto had = static_cast<int>(tally.hangs[std::string(way.name)].latencies.size());
      const int runs = std::min(wanted - had, kRunsAtOnce);
      if (runs <= 0) continue;
      more = true;
      if (!Supervised(true, path, [&](FILE* file) { return Hang(way, runs, file); })) return 3;
    }
  }
  return Tell(Read(path)) ? 0 : 1;
}

}  // namespace
}  // namespace plumbline::quiescence

int main(int argc, char** argv) {
  using namespace plumbline::quiescence;
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "probes" && argc == 4) return Probes(std::atoll(argv[2]), argv[3]);
  if (mode == "hangs" && argc == 4) return Hang(std::atoi(argv[2]), argv[3]);
  if (mode == "told" && argc == 3) return Tell(Read(argv[2])) ? 0 : 1;
  fmt::print(stderr, "usage: quiescence probes COUNT FILE | hangs RUNS FILE | told FILE\n");
  return 2;
}

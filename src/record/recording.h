// SPDX-License-Identifier: MIT
// Everything that was seen in one run. A plain value: it is saved, loaded, shown and judged again
// without running anything.
//
// The canonical half depends on the program alone (PIDs as inside the sandbox, objects by number,
// virtual time); the machine half holds what differs from run to run.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/pid.h"
#include "base/units.h"
#include "record/event.h"
#include "record/snapshot.h"

namespace plumbline::record {

// What a run can be asked to observe beyond the always-seen (processes, descriptors' making,
// signals, sockets). A check about something unobserved is an error, never a guess.
enum class Facet {
  kTransfers,      // each read and write
  kDescriptors,    // descriptor tables in snapshots
  kSignals,        // dispositions and masks in snapshots
  kMemory,         // shared mappings in snapshots and calls that make them
  kMemoryContent,  // hashes of shared bytes in snapshots
  kSockets,        // socket states in snapshots
  kFiles,          // the working directory's tree in snapshots
  kFileContent,    // and what is in its files
  kIpc,            // left-over objects
  kLoader,         // how dynamic loaders find and map libraries (ld.so(8))
  kUsage,          // processor time, wake-ups and memory in snapshots
  kHandlers,       // what handlers that may come at any instant do that is not safe there
};
constexpr Facet kLastFacet = Facet::kHandlers;
std::string_view ToString(Facet facet);
std::optional<Facet> FacetNamed(std::string_view name);
std::set<Facet> AllFacets();

enum class Outcome {
  kExited,
  kSignalled,
  kDeadlocked,
  kProcessorLimit,
  kVirtualLimit,
  kMemoryLimit,
  kOutputLimit,
  kStuck,
  kNotBuilt,
  kError,
};
std::string_view ToString(Outcome outcome);
std::optional<Outcome> OutcomeNamed(std::string_view name);

struct Header {
  std::string exercise;
  std::string exercise_hash;
  std::string artifact_hash;
  std::string language;
  std::string scenario;
  std::string perturbation;  // "" for a plain run
  uint64_t seed = 0;
  std::string isolation;  // A, B, C, unsafe
  std::set<Facet> observed;
  std::string version;  // of the program that made it
};

struct Process {
  Pid pid;
  ProcessIndex parent = kGrader;  // at birth
  Pid parent_pid;                 // at birth, as getppid(2) told it
  std::string started_as;         // "submission", a step's or a peer's name; "" for descendants
  std::string program;            // one of the exercise's programs, if started as one
  bool peer = false;              // started as a peer or tool, or born of one: not the student's
  int born = 0;                   // index of its Born event; of Cut for one that is younger
  // Born of an interpreter for its own purposes (bash's subshells are the student's; this is for
  // what no script asked for).
  bool internal = false;
};

struct Stream {
  std::string bytes;
  bool cut = false;    // longer than the output limit
  uint64_t total = 0;  // that came, kept or not
};

// A connection between the grader and a program.
struct Connection {
  std::string name;
  std::string peer;    // the peer that accepted it, or "" when the grader connected
  std::string kind;    // "tcp", "unix", "fifo"
  std::string client;  // "127.0.0.1:40000" as the kernel had it
  std::string server;
};

// The step that could not happen, and why.
struct Stuck {
  int step = 0;
  std::string awaited;  // the step as written
  std::string instead;  // what was there: instead.h
};

struct Usage {
  Duration processor{};  // user and system
  uint64_t wakeups = 0;  // by timers of its own
  uint64_t memory = 0;   // resident bytes
  uint64_t descriptors = 0;
};

// Virtual time went on by itself, for nobody had anything to do.
struct Jump {
  Duration to{};      // what time it was then, with what programs had computed until then
  Duration waited{};  // what had been waited for until then, this one included
  bool operator==(const Jump&) const = default;
};

struct Machine {
  int runs = 1;  // that it stands for: others under perturbations lost nothing
  // Of the runs under perturbations, how many lost a check; known only if they went on after the
  // first.
  std::map<std::string, int> losses;
  Duration real_time{};
  Duration processor{};  // of all processes
  uint64_t peak_memory = 0;
  // System calls at which the tracer looked, of all programs; single steps by what they cost.
  uint64_t calls = 0;
  std::vector<Jump> jumps;         // of a tenth of a second and more, in order
  std::vector<HostPid> host_pids;  // by ProcessIndex
  std::map<std::string, std::map<ProcessIndex, Usage>> usage;  // by snapshot
  std::map<ProcessIndex, uint64_t> faults;  // the addresses that crashed programs tried to use
};

// Of a run in turns: what could have been decided otherwise, and was decided so. 0 is the default.
struct Choice {
  int options = 1;
  int chosen = 0;
  bool operator==(const Choice&) const = default;
};
// A call of the student's own at which a fault is possible, and which ones: as
// Perturbation::Site and its kinds have it, "short-transfers=1".
struct Site {
  std::string process;
  uint64_t call = 0;
  std::string name;
  std::vector<std::string> faults;
  std::optional<Location> where;
};

// Where somebody stood who was about to go on.
struct Standing {
  ProcessIndex process = kGrader;  // kGrader: the scenario's next step
  std::string call;                // before this call; "": before an access to shared memory
  bool writes = false;             // of an access
  bool read = false;               // of one that writes: what was there it had read before
  std::optional<Location> where;
  // Where its program had last decided which way to go, by a conditional jump of the student's
  // code. Known of compiled programs that a step of the scenario overtook.
  std::optional<Location> tested;
};
// In a run in turns: somebody went on before the one whose turn it was by default.
struct Overtaking {
  Standing first;
  Standing passed;
  bool signal = false;  // of the scenario's next step: it is a signal
};
// Of those only the first are told: a run of which a finding speaks has few.
constexpr size_t kMostOvertakings = 8;

struct Recording {
  Header header;

  std::vector<Process> processes;
  std::vector<Object> objects;  // object n is objects[n - 1]
  std::vector<Event> events;
  std::map<std::string, Snapshot> snapshots;  // start, end and the scenario's
  std::map<std::string, Stream> streams;
  std::map<std::string, Connection> connections;
  std::map<std::string, std::string>
      placeholders;  // values that texts may name: "submission.pid", ...
  Outcome outcome = Outcome::kError;
  int status = 0;           // of the submission: exit status, or the signal
  Duration virtual_time{};  // that was waited for and jumped over, to a tenth of a second
  std::optional<Stuck> stuck;
  std::vector<Choice> choices;          // of a run in turns, in order
  std::vector<Site> sites;              // of a run in turns without any other perturbation
  std::vector<Overtaking> overtakings;  // where it was not decided as by default
  std::optional<Standing> fault;        // where the fault of its perturbation came to pass
  std::optional<Error> error;           // of kError: what the machine or the grader failed at

  // What external judges said of this run (graders/external), by the hash of the program that did.
  std::map<std::string, std::string> judgements;

  Machine machine;

  const Object* object(int id) const {
    return id >= 1 && id <= static_cast<int>(objects.size()) ? &objects[static_cast<size_t>(id - 1)]
                                                             : nullptr;
  }
  const Snapshot* snapshot(const std::string& name) const {
    const auto it = snapshots.find(name);
    return it == snapshots.end() ? nullptr : &it->second;
  }
};

// The document form (README.md, "Format"): JSON text for files; CBOR of the same document between
// processes. Bytes that are not UTF-8 are {"base64": "..."}.
std::string ToJson(const Recording& recording);
std::string ToCbor(const Recording& recording);
// Refuses documents of another format or version, and values out of range, by name and place.
Result<Recording> FromJson(std::string_view text);
Result<Recording> FromCbor(std::string_view bytes);
// The canonical half alone, as JSON: equal for equal behaviour. Times are what had been waited for
// until then, to a tenth of a second.
std::string CanonicalJson(const Recording& recording);

}  // namespace plumbline::record

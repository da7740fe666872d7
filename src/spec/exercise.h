// SPDX-License-Identifier: MIT
// An exercise as the rest of the program sees it: typed, checked, with `like` resolved, fixtures
// read and defaults filled in.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/units.h"
#include "spec/diagnostic.h"
#include "spec/kind_table.h"
#include "spec/values.h"

namespace plumbline::spec {

struct Limits {
  Duration cpu = std::chrono::seconds(10);
  Duration virtual_time = std::chrono::hours(240);
  Bytes memory = MiB(256);
  int processes = 64;
  int descriptors = 256;
  Bytes file = MiB(64);
  Bytes output = MiB(16);
};

struct FileSpec {
  enum class Kind { kFile, kFifo, kDirectory, kSocket, kLink };
  std::string path;  // {n} allowed when count > 0
  Kind kind = Kind::kFile;
  Text text;
  std::string target;       // of a link
  std::optional<int> mode;  // default: 0644, directories 0755
  int count = 0;            // 0: one, without {n}
};

struct Input {
  enum class Kind { kEmpty, kOpen, kClosed, kText, kFile };
  Kind kind = Kind::kEmpty;
  Text text;
  std::string path;
};

struct Output {
  enum class Kind { kPipe, kClosed, kFile };
  Kind kind = Kind::kPipe;
  std::string path;
};

struct FailCall {
  std::string call;  // a system call or a family
  WhoList who;
  int error = 0;
  int nth = 0;  // 0: always
};
struct ChangeExit {
  WhoList who;
  int status = 0;
  int killed_by = 0;  // a signal; 0: exits with `status`
};
using Alteration = std::variant<FailCall, ChangeExit>;

struct Peer {
  enum class Kind { kEcho, kDaytime, kChargen, kSink, kSilent, kFull, kScripted, kProgram };
  std::string name;
  Kind kind = Kind::kScripted;
  int port = 0;                      // 0: none
  std::string path;                  // of a UNIX socket
  int pieces = 1;                    // replies of kEcho are cut
  std::vector<std::string> command;  // of kProgram
  std::string solution;              // of kProgram: the reference's own program of that name
  std::vector<std::string> args;
  Input input;
  Mark mark;
};

struct Perturbation {
  enum class Kind {
    kInterleavings,
    kInterruptions,
    kShortTransfers,
    kFailures,
    kSignals,
    kSmallWorld
  };
  Kind kind = Kind::kInterleavings;
  int runs = 50;
  Mark mark = {};
};
// That of a word of the language, "short-transfers"; nothing for any other.
std::optional<Perturbation> PerturbationNamed(const std::string& word);

// --- Steps. Each wait may say `within` (virtual time; nothing: the default of ten minutes).
struct AwaitAsleep {};
struct AwaitBlocked {};
struct AwaitExit {
  WhoList who;  // `await: exit`: the submission
  std::optional<Duration> within;
};
struct AwaitStopped {
  WhoList who;
  std::optional<Duration> within;
};
struct AwaitAlive {
  WhoList who;
  Range count;
  std::optional<Duration> within;
};
struct AwaitListening {
  int port = 0;      // or
  std::string path;  // a UNIX socket
  std::optional<Duration> within;
};
struct AwaitOutput {
  Text text;
  std::string stream = "submission.stdout";
  std::optional<Duration> within;
};
struct TakeSnapshot {
  std::string name;
};
struct Connect {
  enum class For { kBoth, kReading, kWriting };
  std::string as;
  int port = 0;
  std::string path;
  For purpose = For::kBoth;  // a FIFO's
  int count = 0;             // 0: one, named `as`; else as1 ... asN
  std::optional<Duration> within;
};
struct Accept {
  std::string from;  // a scripted peer
  std::string as;
  std::optional<Duration> within;
};
struct Send {
  std::string to;  // a channel or a group of connections
  Text text;
  int pieces = 1;
};
struct Receive {
  std::string from;
  std::optional<Text> text;
  std::optional<Text> contains;
  std::optional<uint64_t> bytes;
  bool until_end = false;
  std::optional<Duration> within;
};
struct Shutdown {
  std::string channel;
};
struct Close {
  std::string channel;  // also NAME.stdout: its reader leaves
};
struct Reset {
  std::string channel;
};
struct Press {
  std::vector<std::string> keys;  // "ctrl-a" ... "ctrl-z", "enter", or one character
};
struct SendSignal {
  int signal = 0;
  WhoList who;
};
struct ChangeFile {
  enum class Action { kAppend, kRewrite, kReplace, kRemove };
  std::string path;
  Action action = Action::kAppend;
  Text text;
};
struct Start {
  std::string as;
  std::string program;               // one of `programs`; empty: the submission's first
  std::vector<std::string> command;  // instead: any command
  std::string solution;              // instead: a reference's program
  std::vector<std::string> args;
  Input input;
  Output output;
  bool terminal = false;
  std::map<std::string, std::string> env;
};
struct Hold {
  WhoList who;
  std::string before;  // a call, a family, or start, exit, output
};
struct Release {
  WhoList who;
};
struct Advance {
  Duration by{};
};

using Action =
    std::variant<AwaitAsleep, AwaitBlocked, AwaitExit, AwaitStopped, AwaitAlive, AwaitListening,
                 AwaitOutput, TakeSnapshot, Connect, Accept, Send, Receive, Shutdown, Close, Reset,
                 Press, SendSignal, ChangeFile, Start, Hold, Release, Advance>;

struct Step {
  Action action;
  std::string text;  // as a person would write it: "await: {output: \"ready\"}"
  Mark mark;
};

struct Scenario {
  std::string name;
  std::string program;  // one of `programs`; empty: the only or first one
  std::vector<std::string> args;
  std::vector<FileSpec> files;
  Input input;
  Output output;
  bool terminal = false;
  std::map<std::string, std::string> env;
  std::string clock;  // ISO 8601, or empty
  std::vector<std::string> hide;
  std::vector<Alteration> alter;
  std::vector<Peer> peers;
  std::vector<Perturbation> under;
  std::vector<Step> steps;
  Mark mark;
};

// --- Checks.
struct Clause {
  std::string kind;
  Params params;
  Mark mark;
};
// One alternative of `any_of` holds if all its clauses do.
struct AnyOf {
  std::vector<std::vector<Clause>> alternatives;
};
using Requirement = std::variant<Clause, AnyOf>;

struct Check {
  std::string id;
  int points = 1;
  Localized title;
  std::vector<Localized> hints;
  std::vector<Requirement> requirements;  // all must hold; the first that fails is the finding
  std::vector<std::string> scenarios;     // resolved: never empty
  std::vector<std::string> needs;
  std::vector<std::string> languages;  // empty: all
  bool gate = false;
  bool bonus = false;
  bool hidden = false;
  Mark mark;
};

struct Program {
  std::string name;
  std::vector<std::string> files;  // globs
};

struct Exercise {
  std::string id;
  std::string topic;
  Localized title;
  std::vector<std::string> languages;
  std::vector<Program> programs;  // empty: one program, named as the exercise's id
  Limits limits;
  std::map<std::string, Scenario> scenarios;
  std::vector<std::string> scenario_order;  // as written
  std::vector<Check> checks;
  std::optional<int> passing;
  std::string requires_rung;  // A, B, C or empty: derived

  std::filesystem::path folder;
  // The programs that judge, by their paths in the folder (graders/external).
  std::map<std::string, std::string> judges;
  std::string hash;  // of the file, of every fixture and every judge that it names
};

}  // namespace plumbline::spec

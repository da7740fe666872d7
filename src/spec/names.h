// SPDX-License-Identifier: MIT
// What a scenario declares (processes, peers, connections, snapshots) and what a file mentions.
// Reading collects mentions; lint.h compares them with the declarations.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "spec/node.h"

namespace plumbline::spec {

struct Declared {
  enum class Kind { kProcess, kBuiltinPeer, kScriptedPeer, kConnection };
  Kind kind = Kind::kProcess;
  Mark mark;
  int step = -1;      // the step that declares it; -1: there from the start
  int count = 0;      // of kConnection: a group of so many, `c` for `c1` ... ; 0: one
  bool port = false;  // of a peer: it has one
  bool fed = false;   // of kProcess: its standard input is open to steps
};

struct Taken {
  Mark mark;
  int step = -1;
};

struct Names {
  std::map<std::string, Declared> all;     // one namespace for processes, peers and connections
  std::map<std::string, Taken> snapshots;  // `start` and `end` are not in it

  int first_hold = -1;  // the first step that holds somebody; -1: none

  // A connection or group, or a member of a group ("c7").
  const Declared* Connection(const std::string& name) const;
  // Processes that a who can name: peers that are programs, and what steps start.
  bool IsProcess(const std::string& name) const;
  bool HasSnapshot(const std::string& name) const;
  // Whether the first is taken before the second. REQUIRES: both are.
  bool InOrder(const std::string& first, const std::string& second) const;
  // Adds what `other` declares and this does not.
  void Merge(const Names& other);
};

// What follows the group's name in a member's: 7 of "c7" in "c"; 0 for any other name.
int MemberNumber(const std::string& group, const std::string& name);

// The words of a file that mean something declared elsewhere.
struct Mention {
  enum class Kind {
    kWho,   // a base word that is a name or a program
    kHeld,  // the same in a hold, which may name who is started later
    kSnapshot,
    kChannel,  // stdin, NAME.stdin, terminal, a connection
    kStream,   // NAME.stdout, CONN.received, terminal
    kStreamOrChannel,
    kConnection,  // a channel that can be reset
    kClosable,    // a channel, or NAME.stdout
    kPlaceholder,
    kFdTarget,  // a value of fds.open's table: a kind of file, a path or a connection
    kScriptedPeer,
    kProgram,  // one of `programs`
    kScenario,
    kCheck,
    kLanguage,   // of a check
    kKey,        // a key pressed
    kInputFile,  // of `files`, given to stdin
    kRelease,
  };
  Kind kind = Kind::kWho;
  std::string text;
  Mark mark;
  int item = -1;           // the step, or the clause of a check; -1: of the scenario itself
  std::string after = {};  // of kSnapshot: the other one of a pair, which comes before it
};
using Mentions = std::vector<Mention>;

class Reader;
// What a scenario declares, `like` already followed. Reports names that are taken or reserved.
Names CollectNames(Reader& reader, const Node& scenario);

}  // namespace plumbline::spec

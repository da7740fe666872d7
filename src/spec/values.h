// SPDX-License-Identifier: MIT
// The small languages inside an exercise file (who, edges, texts, ranges), as plain values.
// Parsed by the loader once; later stages never see YAML.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/units.h"

namespace plumbline::spec {

// A text in several languages: keys en, ca, es.
using Localized = std::map<std::string, std::string>;
// The text in `language`, else in English, else in any, else "".
const std::string& In(const Localized& text, const std::string& language);

// `3`, `1..3`, `2..`, `..4`; of counts, of exit statuses, of bytes.
struct Range {
  int64_t least = 0;
  std::optional<int64_t> most;
  bool Contains(int64_t n) const { return n >= least && (!most || n <= *most); }
  bool operator==(const Range&) const = default;
};
std::string ToString(const Range& range);

// A recipe for bytes. Placeholders in braces stay in `text` until a run gives them a value.
struct TextPiece {
  enum class Kind {
    kText,      // `text`, with placeholders
    kRaw,       // `text` as it is (fixture, hex)
    kBytes,     // `size` bytes of lines, none twice
    kLine,      // one line of `size` bytes, its newline included
    kNumbered,  // `text` `count` times, {n} = 1, 2 ...
  };
  Kind kind = Kind::kText;
  std::string text = {};
  uint64_t size = 0;
  int count = 0;
  bool operator==(const TextPiece&) const = default;
};
struct Text {
  std::vector<TextPiece> pieces;
  bool operator==(const Text&) const = default;
  bool empty() const { return pieces.empty(); }
};

// Gives the value of a placeholder ("submission.pid", "n"), or nothing if it has none (yet).
class PlaceholderSource {
 public:
  virtual ~PlaceholderSource() = default;
  virtual std::optional<std::string> ValueOf(const std::string& placeholder) const = 0;
};
// Replaces {PLACEHOLDER} and {{. What has no value is left as written and named in `*missing`.
std::string Substitute(const std::string& text, const PlaceholderSource& source,
                       std::string* missing = nullptr);
// The bytes that a recipe stands for. Deterministic; `bytes:` and `line:` need no source.
std::string Materialize(const Text& text, const PlaceholderSource& source,
                        std::string* missing = nullptr);
// For texts that can hold no placeholder.
std::string Materialize(const Text& text);
// All placeholders named in a text ("submission.pid"), for lint.
std::vector<std::string> PlaceholdersIn(const std::string& text);

// One entry of a `who`: base [#n] {/segment}.
struct Who {
  enum class Base {
    kSubmission,
    kAll,
    kName,
    kProgram,
    kListensPort,
    kListensPath,
    kHolds,
    kGroup
  };
  enum class Step { kChild, kChildren, kDescendants };
  struct Segment {
    Step step = Step::kChildren;
    int number = 0;  // of kChild, from 1
    bool operator==(const Segment&) const = default;
  };
  Base base = Base::kSubmission;
  std::string word = {};           // name, program, path; of kGroup the inner who as written
  int port = 0;                    // of kListensPort
  int number = 0;                  // #n, from 1; 0: all
  std::vector<Segment> path = {};  // what follows
  std::vector<Who> group = {};     // of kGroup: exactly one
  std::string text = {};           // as written, for messages
  bool operator==(const Who&) const = default;
};
using WhoList = std::vector<Who>;

struct DescriptorEnd {
  Who who;
  std::optional<int> fd;  // nothing: any (`*`)
  bool operator==(const DescriptorEnd&) const = default;
};
struct PathEnd {
  std::string path;
  bool operator==(const PathEnd&) const = default;
};
struct ChannelEnd {
  std::string channel;  // `stdin`, `terminal` or a connection's name
  bool operator==(const ChannelEnd&) const = default;
};
using EdgeEnd = std::variant<DescriptorEnd, PathEnd, ChannelEnd>;
struct Edge {
  EdgeEnd from;
  EdgeEnd to;
  std::string text;  // as written
  bool operator==(const Edge&) const = default;
};

// Signals by number; `any` takes all.
struct SignalSet {
  bool any = false;
  std::vector<int> numbers;
  bool Contains(int signal) const;
  bool operator==(const SignalSet&) const = default;
};

// `processes.tree`: labels are free, order too.
struct Tree {
  std::string label;
  std::vector<Tree> children;
  bool operator==(const Tree&) const = default;
};

// One entry of `fds.open`'s table: descriptor -> kind word, path or connection.
using FdTable = std::map<int, std::string>;

// One entry of `calls.order`.
struct OrderEvent {
  enum class Kind { kCall, kSignals, kOutput, kStopped, kContinued, kExit, kReaped };
  Kind kind = Kind::kCall;
  std::string call = {};
  std::string result = {};  // "", ok, error, ERRNO, stopped ...
  SignalSet signals = {};
  WhoList by = {};   // doer; empty: anybody
  WhoList who = {};  // receiver, or whom it happened to; empty: anybody
  Text output = {};
  std::string stream = {};
  bool operator==(const OrderEvent&) const = default;
};

// An argument list where `~` is anything.
using ArgvPattern = std::vector<std::optional<std::string>>;

}  // namespace plumbline::spec

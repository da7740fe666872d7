// SPDX-License-Identifier: MIT
// What this stage knows of a check kind: a table of parameters. Graders supply the tables; loader,
// JSON Schema and documentation are all made from them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "spec/diagnostic.h"
#include "spec/values.h"

namespace plumbline::spec {

enum class ParamType {
  kBool,
  kCall,          // std::string: a system call or a family
  kCallResult,    // std::string: ok, error, ERRNO, stopped, continued, exited, killed
  kChoice,        // std::vector<std::string> of one: a word out of `choices`
  kChoices,       // std::vector<std::string>: a word or a list of words out of `choices`
  kConnection,    // std::vector<std::string> of one: a connection or a group of them
  kCount,         // int64_t: a bare count
  kDuration,      // Duration
  kSize,          // Bytes
  kCountOrSize,   // int64_t: bare count or a size
  kEdge,          // std::vector<Edge> of one
  kEdges,         // std::vector<Edge>
  kFdTable,       // FdTable
  kGlobs,         // std::vector<std::string>
  kArgv,          // ArgvPattern
  kStringMap,     // std::map<std::string, std::string>
  kStringList,    // std::vector<std::string>: one or a list (env_lacks)
  kMode,          // int64_t, from a quoted octal string
  kOrder,         // std::vector<OrderEvent>
  kPath,          // std::string, placeholders and globs allowed
  kProgramPath,   // std::string: a program in the exercise's folder
  kPorts,         // std::vector<int64_t>: one or a list
  kRange,         // Range of counts
  kSizeRange,     // Range of bytes; bounds carry units ("64KiB..")
  kRegex,         // std::string, RE2-like subset of ECMAScript, whole match, (?s) allowed
  kSignal,        // SignalSet of one
  kSignals,       // SignalSet; one, a list or `any`
  kSnapshot,      // std::string, one that a scenario takes (or start, end)
  kSnapshotPair,  // std::vector<std::string> of two
  kStream,  // std::vector<std::string> of one: NAME.stdout, NAME.stderr, CONN.received, terminal
  kStreamOrChannel,  // std::vector<std::string> of one: a stream, or a channel
  kStreams,          // std::vector<std::string>: one or a list
  kString,           // std::string, placeholders allowed
  kText,             // Text
  kTextLines,        // std::vector<std::string>: lines, placeholders allowed
  kTree,             // Tree
  kWho,              // WhoList
};

using ParamValue =
    std::variant<bool, int64_t, std::string, std::vector<std::string>, std::vector<int64_t>, Range,
                 Bytes, Duration, Text, WhoList, std::vector<Edge>, SignalSet, Tree, FdTable,
                 std::vector<OrderEvent>, ArgvPattern, std::map<std::string, std::string>>;

struct Choice {
  std::string word;
  std::string doc;
};

struct ParamSpec {
  std::string name;
  ParamType type = ParamType::kString;
  std::string doc;  // one sentence, for the schema and the manual
  bool required = false;
  std::optional<std::string> default_value =
      {};                            // as a teacher would write it: "submission", "end", "1.."
  std::vector<Choice> choices = {};  // of kChoice and kChoices
  std::string beside = {};           // the parameter without which this one says nothing
};

struct FindingSpec {
  std::string code;
  std::string doc;
};

struct KindTable {
  std::string name;  // "fds.wired"
  std::string doc;   // "passes when ..."
  std::vector<ParamSpec> params;
  std::vector<FindingSpec> findings;
  // Of the named parameters at least one must be given (claims of output.text).
  std::vector<std::string> one_of = {};
  // Of each of these groups at most one may be given; who is given takes the others' defaults away
  // (`status` and `killed_by` of processes.exit).
  std::vector<std::vector<std::string>> exclusive = {};
};

// The parameters of one use of a kind, typed by its table; defaults are filled in by the loader.
class Params {
 public:
  struct Param {
    ParamValue value;
    Mark mark;
  };

  bool Has(const std::string& name) const { return params_.contains(name); }
  // REQUIRES: Has(name), and the type of its table.
  template <typename T>
  const T& Get(const std::string& name) const {
    return std::get<T>(params_.at(name).value);
  }
  template <typename T>
  const T* Find(const std::string& name) const {
    const auto it = params_.find(name);
    return it == params_.end() ? nullptr : std::get_if<T>(&it->second.value);
  }
  void Set(const std::string& name, ParamValue value, Mark mark = {}) {
    params_[name] = Param{std::move(value), mark};
  }
  const std::map<std::string, Param>& all() const { return params_; }

 private:
  std::map<std::string, Param> params_;
};

}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
#include "evaluate/parameters.h"

namespace plumbline::evaluate {

using spec::ParamSpec;
using spec::ParamType;

ParamSpec Required(ParamSpec param) {
  param.required = true;
  param.default_value.reset();
  return param;
}

ParamSpec Defaulting(ParamSpec param, std::string default_value) {
  param.default_value = std::move(default_value);
  return param;
}

ParamSpec AtParam() {
  return Defaulting({.name = "at",
                     .type = ParamType::kSnapshot,
                     .doc = "The snapshot that is looked at; `start` and `end` are always taken."},
                    "end");
}

ParamSpec BetweenParam() {
  return Required({.name = "between",
                   .type = ParamType::kSnapshotPair,
                   .doc = "The two snapshots that are compared, the earlier first."});
}

ParamSpec WhoParam(std::string default_value) {
  return Defaulting(
      {.name = "who", .type = ParamType::kWho, .doc = "The processes that are judged."},
      std::move(default_value));
}

ParamSpec ByParam(std::string default_value) {
  return Defaulting({.name = "by", .type = ParamType::kWho, .doc = "The processes that do it."},
                    std::move(default_value));
}

ParamSpec CountParam() {
  return Defaulting(
      {.name = "count", .type = ParamType::kRange, .doc = "How many there must be; 0 forbids it."},
      "1..");
}

ParamSpec IsParam(std::vector<spec::Choice> states, std::string default_value) {
  ParamSpec param{.name = "is",
                  .type = ParamType::kChoices,
                  .doc = "The state that it must be in; of a list, any one.",
                  .choices = std::move(states)};
  return default_value.empty() ? Required(std::move(param))
                               : Defaulting(std::move(param), std::move(default_value));
}

std::vector<ParamSpec> ClaimParams() {
  return {
      {.name = "equals", .type = ParamType::kText, .doc = "The whole text, byte for byte."},
      {.name = "lines",
       .type = ParamType::kTextLines,
       .doc = "All its lines; each ends in a newline."},
      Defaulting({.name = "unordered",
                  .type = ParamType::kBool,
                  .doc = "The lines may come in any order.",
                  .beside = "lines"},
                 "false"),
      {.name = "in_order",
       .type = ParamType::kTextLines,
       .doc = "Lines that appear in this order; others may stand between them."},
      {.name = "matches",
       .type = ParamType::kRegex,
       .doc = "A regular expression for the whole text; after (?s) a dot is a newline too."},
      {.name = "contains", .type = ParamType::kText, .doc = "A part of it."},
      {.name = "lacks", .type = ParamType::kText, .doc = "No part of it."},
      {.name = "starts_with", .type = ParamType::kText, .doc = "Its beginning."},
      {.name = "empty",
       .type = ParamType::kBool,
       .doc = "Whether there is no byte at all (true) or at least one (false)."},
  };
}

std::vector<std::string> ClaimNames() {
  return {"equals", "lines", "in_order", "matches", "contains", "lacks", "starts_with", "empty"};
}

spec::FindingSpec NobodyFinding() {
  return {"nobody", "An entry of `who` or `by` matches no process."};
}

}  // namespace plumbline::evaluate

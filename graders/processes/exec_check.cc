// SPDX-License-Identifier: MIT
#include "graders/processes/exec_check.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errno_names.h"
#include "base/file_name.h"
#include "base/text.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.exec",
      .doc = "Passes when so many executions have this path, these arguments and this environment.",
      .params =
          {evaluate::WhoParam(),
           {.name = "path", .type = spec::ParamType::kPath, .doc = "The path that was executed."},
           {.name = "argv",
            .type = spec::ParamType::kArgv,
            .doc = "The arguments from argv[0] on; ~ stands for anything."},
           {.name = "env", .type = spec::ParamType::kStringMap, .doc = "The whole environment."},
           {.name = "env_has",
            .type = spec::ParamType::kStringMap,
            .doc = "Variables with their values, among others."},
           {.name = "env_lacks",
            .type = spec::ParamType::kStringList,
            .doc = "Names of variables that are not there."},
           evaluate::CountParam()},
      .findings = {{"not-run", "It was not executed."},
                   {"wrong-argv", "It was executed with other arguments."},
                   {"wrong-env", "It was executed with another environment."},
                   {"forbidden", "It was executed more often than allowed."},
                   evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using Strings = std::vector<std::string>;
using Variables = std::map<std::string, std::string>;

struct Execution {
  record::ProcessIndex by = 0;
  const record::Executed* what = nullptr;
  const record::Event* event = nullptr;
};
using Executions = std::vector<Execution>;

// The execution by which the scenario itself started a program is the first that it does.
bool IsStart(const evaluate::Scene& scene, const record::Event& event) {
  const auto& self = scene.recording().processes[static_cast<size_t>(event.actor)];
  if (self.started_as.empty()) return false;
  const auto& events = scene.recording().events;
  const auto first = std::ranges::find(events, event.actor, &record::Event::actor);
  return &*first == &event;
}

Executions AllBy(const evaluate::Scene& scene, const std::vector<record::ProcessIndex>& who) {
  Executions found;
  for (const record::Event& event : scene.recording().events) {
    const auto* executed = std::get_if<record::Executed>(&event.what);
    if (executed == nullptr || std::ranges::find(who, event.actor) == who.end()) continue;
    if (!IsStart(scene, event)) found.push_back({event.actor, executed, &event});
  }
  return found;
}

// Of a program's name only the executions of that program count, not what ran there before.
Executions ExecutionsOf(const evaluate::Scene& scene, const spec::Who& who) {
  Executions all = AllBy(scene, scene.Resolve(who));
  if (who.base != spec::Who::Base::kProgram || !who.path.empty()) return all;
  Executions named;
  std::ranges::copy_if(all, std::back_inserter(named), [&](const Execution& execution) {
    return FileName(execution.what->path) == who.word;
  });
  return named.empty() ? all : named;
}

// --- What an execution has to be like.

// /bin is a link to /usr/bin on every merged system: one file, two names.
std::string_view WithoutUsr(std::string_view path) {
  return path.starts_with("/usr/bin/") || path.starts_with("/usr/sbin/") ? path.substr(4) : path;
}

bool HasArguments(const Execution& execution, const spec::ArgvPattern& pattern,
                  const evaluate::Scene& scene) {
  const Strings& argv = execution.what->argv;
  if (argv.size() != pattern.size()) return false;
  for (size_t i = 0; i < argv.size(); ++i) {
    if (pattern[i] && spec::Substitute(*pattern[i], scene) != argv[i]) return false;
  }
  return true;
}

Variables EnvironmentOf(const Execution& execution) {
  Variables variables;
  for (const std::string& entry : execution.what->env) {
    const size_t equals = std::min(entry.find('='), entry.size());
    variables[entry.substr(0, equals)] = entry.substr(std::min(equals + 1, entry.size()));
  }
  return variables;
}

// What is wrong with its environment, a sentence for each variable; empty if nothing is.
std::vector<evaluate::Message> WrongVariables(const Execution& execution,
                                              const spec::Params& params) {
  std::vector<evaluate::Message> wrong;
  const Variables variables = EnvironmentOf(execution);
  const auto* exactly = params.Find<Variables>("env");
  const auto* has = params.Find<Variables>("env_has");
  const auto* lacks = params.Find<Strings>("env_lacks");
  for (const Variables* wanted : {exactly, has}) {
    if (wanted == nullptr) continue;
    for (const auto& [name, value] : *wanted) {
      const auto it = variables.find(name);
      if (it == variables.end()) {
        wrong.push_back(Msg("{name} is not set.", {{"name", Escaped(name)}}));
      } else if (it->second != value) {
        wrong.push_back(Msg(
            "{name} is {got}, and should be {expected}.",
            {{"name", Escaped(name)}, {"got", Escaped(it->second)}, {"expected", Escaped(value)}}));
      }
    }
  }
  for (const auto& [name, value] : variables) {
    const bool unwanted = (exactly != nullptr && !exactly->contains(name)) ||
                          (lacks != nullptr && std::ranges::find(*lacks, name) != lacks->end());
    if (unwanted) wrong.push_back(Msg("{name} should not be set.", {{"name", Escaped(name)}}));
  }
  return wrong;
}

std::string Quoted(const Strings& argv) {
  std::string text;
  for (const std::string& argument : argv) text += (text.empty() ? "" : " ") + argument;
  return Escaped(text);
}

std::vector<evaluate::Message> WhatRan(const evaluate::Scene& scene, const Executions& executions) {
  std::vector<evaluate::Message> evidence;
  for (const Execution& execution : executions) {
    if (evidence.size() == 6) break;
    const std::vector<evaluate::Argument> arguments{{"who", scene.NameOf(execution.by)},
                                                    {"path", Escaped(execution.what->path)},
                                                    {"argv", Quoted(execution.what->argv)},
                                                    {"error", ErrnoName(execution.what->error)}};
    evidence.push_back(execution.what->error == 0
                           ? Msg("{who} executed {path} with the arguments: {argv}", arguments)
                           : Msg("{who} could not execute {path} ({error}).", arguments));
  }
  return evidence;
}

evaluate::Finding NotRun(const evaluate::Scene& scene, const spec::Params& params,
                         const Executions& all) {
  const auto* path = params.Find<std::string>("path");
  return {.code = "not-run",
          .what = path == nullptr ? Msg("What should be executed was not executed often enough.")
                                  : Msg("{path} was not executed.", {{"path", Escaped(*path)}}),
          .evidence = WhatRan(scene, all),
          .why = Msg("exec() was not reached, failed, or was given another path."),
          .next = Msg("Check what exec() returns: it only comes back when it failed.")};
}

evaluate::Finding WrongArguments(const evaluate::Scene& scene, const spec::ArgvPattern& pattern,
                                 const Executions& candidates) {
  Strings wanted;
  for (const auto& argument : pattern) {
    wanted.push_back(argument ? spec::Substitute(*argument, scene) : "~");
  }
  evaluate::Finding finding{
      .code = "wrong-argv",
      .what = Msg("It was executed with other arguments than these: {argv}",
                  {{"argv", Quoted(wanted)}}),
      .evidence = WhatRan(scene, candidates),
      .why =
          Msg("The list begins with argv[0], the name of the program itself, and ends with NULL."),
      .next = Msg("Compare the arguments of exec() with it, one by one."),
      .location = candidates.front().event->where};
  return finding;
}

evaluate::Finding WrongEnvironment(const Execution& execution, const spec::Params& params) {
  auto wrong = WrongVariables(execution, params);
  if (wrong.size() > 8) wrong.resize(8);
  return {.code = "wrong-env",
          .what = Msg("{path} was executed with another environment.",
                      {{"path", Escaped(execution.what->path)}}),
          .evidence = std::move(wrong),
          .why = Msg("execve(), execle() and execvpe() give the environment that they are told, "
                     "the others that of the process."),
          .next = Msg("Look which variables are set, and by whom, before exec()."),
          .location = execution.event->where};
}

evaluate::Finding Forbidden(const evaluate::Scene& scene, const spec::Range& count,
                            const Executions& matching) {
  return {.code = "forbidden",
          .what = Msg("Executions of this kind: {found}; there should be: {count}.",
                      {{"found", matching.size()}, {"count", evaluate::CountInWords(count)}}),
          .evidence = WhatRan(scene, matching),
          .why = Msg("system(), popen() and shell=True start a shell that does the work."),
          .next = Msg("Make the processes yourself and execute each command directly."),
          .location = matching.front().event->where};
}

// --- The judgement: each demand leaves fewer executions; the first that leaves too few is the
// finding.

evaluate::Judgement JudgeExecutions(const evaluate::Scene& scene, const spec::Params& params,
                                    const Executions& all) {
  const auto& count = params.Get<spec::Range>("count");
  const auto enough = [&](const Executions& some) { return std::ssize(some) >= count.least; };
  Executions left = all;
  std::erase_if(left, [&](const Execution& execution) {
    const auto* path = params.Find<std::string>("path");
    const bool right = path == nullptr || WithoutUsr(spec::Substitute(*path, scene)) ==
                                              WithoutUsr(execution.what->path);
    return !right || execution.what->error != 0;
  });
  if (!enough(left)) return NotRun(scene, params, all);
  const Executions with_path = left;
  if (const auto* pattern = params.Find<spec::ArgvPattern>("argv")) {
    std::erase_if(left, [&](const Execution& e) { return !HasArguments(e, *pattern, scene); });
    if (!enough(left)) return WrongArguments(scene, *pattern, with_path);
  }
  const Executions with_arguments = left;
  std::erase_if(left, [&](const Execution& e) { return !WrongVariables(e, params).empty(); });
  if (!enough(left)) return WrongEnvironment(with_arguments.front(), params);
  if (!count.Contains(std::ssize(left))) return Forbidden(scene, count, left);
  return evaluate::Pass{};
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto& who = params.Get<spec::WhoList>("who");
  const auto resolved = evaluate::Everybody(scene, who, nullptr, params.Get<spec::Range>("count"));
  if (!resolved) return resolved.error();
  Executions all;
  for (const spec::Who& entry : who) {
    // Two entries may mean the same: /bin/sh is a link to dash.
    std::ranges::copy_if(ExecutionsOf(scene, entry), std::back_inserter(all), [&](const auto& one) {
      return std::ranges::find(all, one.event, &Execution::event) == all.end();
    });
  }
  return JudgeExecutions(scene, params, all);
}

}  // namespace

evaluate::CheckKind Exec() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes

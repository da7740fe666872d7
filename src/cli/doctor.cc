// SPDX-License-Identifier: MIT
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/processor.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"
#include "sandbox/sandbox.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

struct Tool {
  const char* command;
  const char* package;  // of Debian
  const char* purpose;
};

constexpr std::array kTools{
    Tool{"gcc", "gcc", "submissions in C"},
    Tool{"g++", "g++", "submissions in C++"},
    Tool{"make", "make", "submissions with a Makefile"},
    Tool{"python3", "python3", "submissions in Python"},
    Tool{"bash", "bash", "submissions in Bash"},
    Tool{"git", "git", "classes whose work is in repositories"},
    Tool{"xinetd", "xinetd", "exercises with a super-server"},
    Tool{"socat", "socat", "exercises with socat"},
    Tool{"telnet", "inetutils-telnet", "exercises with telnet"},
    Tool{"nmap", "nmap", "exercises that scan ports"},
    Tool{"ncat", "ncat", "exercises with ncat"},
    Tool{"sqlite3", "sqlite3", "exercises that talk to sqlite3"},
    Tool{"ncal", "ncal", "exercises that run cal"},
    Tool{"lsof", "lsof", "exercises that list open files"},
    Tool{"ps", "procps", "exercises that list processes"},
};

// The sandbox's own PATH: what is elsewhere does not exist for a submission.
std::optional<fs::path> Find(const std::string& command) {
  for (const char* folder : {"/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"}) {
    const fs::path path = fs::path(folder) / command;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return std::nullopt;
}

std::string Kernel() {
  utsname names{};
  if (::uname(&names) < 0) return "unknown";
  return std::string(names.sysname) + " " + names.release + " " + names.machine;
}

bool CanGrade(const sandbox::Probe& probe) { return probe.best != sandbox::Rung::kUnsafe; }

void PrintText(const sandbox::Probe& probe) {
  Print(std::string("plumbline ") + Version() + "\nkernel: " + Kernel() + "\nprocessors: " +
        std::to_string(ProcessorsForUs()) + "\nisolation: " + sandbox::ToString(probe.best) + "\n");
  for (const std::string& fact : probe.facts) Print("  " + fact + "\n");
  for (const std::string& advice : probe.advice) Print("  to do: " + advice + "\n");
  Print("tools:\n");
  for (const Tool& tool : kTools) {
    const auto path = Find(tool.command);
    Print(std::string("  ") + tool.command + ": " +
          (path ? path->string()
                : std::string("missing (") + tool.purpose + "); to do: sudo apt install " +
                      tool.package) +
          "\n");
  }
  Print(CanGrade(probe) ? "this machine can grade\n" : "this machine cannot grade: no isolation\n");
}

void PrintJson(const sandbox::Probe& probe) {
  nlohmann::ordered_json tools;
  for (const Tool& tool : kTools) {
    const auto path = Find(tool.command);
    tools[tool.command] = path ? nlohmann::ordered_json(path->string()) : nlohmann::ordered_json();
  }
  PrintDocument({{"version", Version()},
                 {"kernel", Kernel()},
                 {"processors", ProcessorsForUs()},
                 {"isolation", sandbox::ToString(probe.best)},
                 {"facts", probe.facts},
                 {"advice", probe.advice},
                 {"tools", tools},
                 {"can_grade", CanGrade(probe)}});
}

}  // namespace

Outcome<Exit> RunDoctor(const Options& options) {
  const sandbox::Probe probe = sandbox::ProbeMachine();
  if (options.json)
    PrintJson(probe);
  else
    PrintText(probe);
  return CanGrade(probe) ? Exit::kPassed : Exit::kMachine;
}

}  // namespace plumbline::cli

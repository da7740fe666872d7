// SPDX-License-Identifier: MIT
// Submission -> Artifact: finds the language, compiles in a sandbox under limits, keeps what was
// built by the hash of what it was built from.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/units.h"
#include "sandbox/sandbox.h"

namespace plumbline::build {

struct SourceFile {
  std::string path;  // relative, '/'-separated
  std::string content;
  bool executable = false;
};

// A student's files, read once.
struct Submission {
  std::vector<SourceFile> files;  // sorted by path
  std::string hash;               // of names and contents
};
// `path`: one file, a folder, or an archive (archive.h). Hidden files and build products (.git,
// __pycache__, *.o, programs) are left out. Links, devices, FIFOs and sockets below it are refused,
// and what is too large or too much (README.md); the error's hint says what to do.
Result<Submission> ReadSubmission(const std::filesystem::path& path);

// "c", "cpp", "py", "sh", or an error that says what was looked for. A folder with a Makefile: the
// language of its sources. `wanted`: the user's own choice, or "".
Result<std::string> LanguageOf(const Submission& submission,
                               const std::vector<std::string>& allowed, const std::string& wanted);

struct Diagnostic {
  std::string file;
  int line = 0;
  int column = 0;
  std::string severity;  // "error", "warning", "note"
  std::string message;
  bool operator==(const Diagnostic&) const = default;
};

// One program ready to run: files to put below /program in a sandbox, and the command.
struct Runnable {
  std::vector<SourceFile> files;
  std::vector<std::string>
      command;  // "/program/pipe-chain", or "/usr/bin/python3", "/program/main.py"
};
struct Artifact {
  std::map<std::string, Runnable> programs;  // by name
  std::string hash;
};

struct Report {
  bool ok = false;
  std::string command;  // as a person would type it
  bool cached = false;
  std::vector<Diagnostic> diagnostics;
  std::string log;    // bounded; what was not understood as a diagnostic
  Artifact artifact;  // of ok
};

struct ProgramSources {
  std::string name;                // program's name
  std::vector<std::string> files;  // globs; empty: all
};

struct Request {
  Submission submission;
  std::string language;
  std::vector<ProgramSources> programs;  // at least one
  std::filesystem::path cache;           // folder; empty: no cache
  sandbox::Rung rung = sandbox::Rung::kB;
  std::vector<std::string> hidden_paths = {};  // host paths masked in the sandbox (solutions)
};

// Builds in a sandbox of its own, or takes what was built of the same. A submission that does not
// build, or not within the limits of a build, is a Report with ok == false; a missing compiler or a
// broken sandbox is an Error. A cache that can't be used costs time and nothing else.
Result<Report> Build(const Request& request);

}  // namespace plumbline::build

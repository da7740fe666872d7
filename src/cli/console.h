// SPDX-License-Identifier: MIT
// The program's surroundings: terminal, environment, where it lies.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace plumbline::cli {

const char* Version();

// Of /proc/self/exe.
std::filesystem::path OwnPath();

// The value of an environment variable, "" if it is not set.
std::string FromEnvironment(const char* name);

// A folder of plumbline's own, of the XDG Base Directory Specification: in the one that `variable`
// names, else in `usual` of the home; empty without a home that exists.
std::filesystem::path OwnFolder(const char* variable, const char* usual);

// Opens those of the standard descriptors that are closed, so that no other file gets their
// numbers; what is written to them fails. To be called first.
void OpenStandardDescriptors();

// To standard output, whole. An error (a full disk, a closed pipe) is told by the return value of
// FlushOutput from then on.
void Print(std::string_view text);
// To standard error.
void Tell(std::string_view text);
bool FlushOutput();
// Whether standard output is a pipe or a socket that nobody reads any more.
bool ReaderIsGone();

// A line on standard error that is rewritten as work goes on; shown on a terminal only, gone when
// destroyed.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();
  void Show(std::string_view text);

 private:
  bool shown_;
};

}  // namespace plumbline::cli

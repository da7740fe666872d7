// SPDX-License-Identifier: MIT
// A program of the machine's (git) that works for us: without a terminal, in a session of its own,
// bounded, its output in files. It dies with us. Lives in the one thread of the program.
#pragma once

#include <sys/resource.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/units.h"

namespace boost::asio {
class io_context;  // NOLINT(readability-identifier-naming): it is theirs
}

namespace plumbline::cli {

struct ToolCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments;    // without the program's name
  std::vector<std::string> environment;  // NAME=VALUE, all of it
  std::filesystem::path out, err;        // files to be written
  Bytes memory, file;                    // the most of address space, and of one file
  rlim_t processor_seconds = 0;
  Duration deadline{};  // of real time; then it is killed
};

struct ToolEnd {
  bool late = false;  // its deadline came
  int wait_status = 0;
};

class ToolProcess {
 public:
  // `ended` is called once, by `io`, unless the value is destroyed before.
  static Result<std::unique_ptr<ToolProcess>> Start(boost::asio::io_context& io,
                                                    const ToolCommand& command,
                                                    std::function<void(ToolEnd)> ended);
  ToolProcess(const ToolProcess&) = delete;
  ToolProcess& operator=(const ToolProcess&) = delete;
  // Kills it, and all of its session's group, if it has not ended; waits for its end.
  ~ToolProcess();

 private:
  struct Running;
  explicit ToolProcess(std::shared_ptr<Running> running);
  std::shared_ptr<Running> running_;  // with the handlers that wait for it
};

}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
// The grader's ends of the streams that programs write. Looked at before every stop is handled, so
// that nothing is there costs one system call, however many streams there are.
#pragma once

#include <functional>
#include <list>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/unique_fd.h"

namespace plumbline::scenario {

class Outputs {
 public:
  static Result<Outputs> Open();

  // `end`: non-blocking, to be read.
  Status Add(const std::string& stream, UniqueFd end);
  // Passes on what has been written, stream by stream in the order in which they were added. True
  // if there was anything.
  using Take = std::function<void(const std::string& stream, std::string_view bytes)>;
  bool Read(const Take& take);
  // Leaves a stream, of several of one name the last. False if there is none of this name.
  bool Close(const std::string& stream);

 private:
  struct Output {
    std::string stream;
    UniqueFd end;
  };
  explicit Outputs(UniqueFd readable) : readable_(std::move(readable)) {}
  void Leave(Output& output);

  UniqueFd readable_;  // epoll(7): any of them
  // What is written on a terminal is brought to its other end by a worker of the kernel's, or at
  // once by who reads there: then there is no way but to read.
  bool has_terminal_ = false;
  std::list<Output> outputs_;
};

}  // namespace plumbline::scenario

// SPDX-License-Identifier: MIT
// Runs a command as a user would and says what it wrote and how it ended.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace plumbline::testing {

struct Ran {
  int status = -1;  // exit status, or 128 and the signal
  std::string out;
  std::string err;
};

inline std::string ContentOf(int memory) {
  std::string content(static_cast<size_t>(::lseek(memory, 0, SEEK_END)), '\0');
  const ssize_t count = ::pread(memory, content.data(), content.size(), 0);
  content.resize(count > 0 ? static_cast<size_t>(count) : 0);
  return content;
}

// argv[0] is looked for in PATH. Standard input is empty.
inline Ran Run(std::vector<std::string> argv) {
  const UniqueFd out(::memfd_create("out", MFD_CLOEXEC));
  const UniqueFd err(::memfd_create("err", MFD_CLOEXEC));
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.get(), 1);
  ::posix_spawn_file_actions_adddup2(&actions, err.get(), 2);
  std::vector<char*> words;
  for (std::string& word : argv) words.push_back(word.data());
  words.push_back(nullptr);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, words[0], &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  Ran ran;
  if (error != 0) {
    ADD_FAILURE() << argv[0] << ": error " << error;
    return ran;
  }
  int status = 0;
  if (::waitpid(child, &status, 0) == child)
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = ContentOf(out.get());
  ran.err = ContentOf(err.get());
  return ran;
}

}  // namespace plumbline::testing

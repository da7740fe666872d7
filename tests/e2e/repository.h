// SPDX-License-Identifier: MIT
// Real repositories of a teacher and her students, away from whatever git is told on this machine.
#pragma once

#include <string>

#include "program.h"

namespace plumbline::e2e {

// A teacher's folder with the exercise `three`: print three, end with status 3.
class Repositories : public ::testing::Test {
 protected:
  static constexpr const char* kRight = "echo three\nexit 3\n";
  static constexpr const char* kHalf = "echo three\n";

  Repositories() {
    WriteExercise("three", "");
    std::filesystem::create_directory(folder_.path() / "tmp");
  }

  // `plain`: what the scenario has; `more`: checks.
  void WriteExercise(const std::string& id, const std::string& plain,
                     const std::string& more = "") const {
    (void)folder_.Write(id + "/exercise.yaml",
                        "format: 1\nid: " + id +
                            "\ntopic: processes\ntitle: {en: Three}\nlanguages: [sh, c]\n"
                            "scenarios: {plain: {" +
                            plain +
                            "}}\nchecks:\n"
                            "  - {id: says, output.text: {lines: [three]}}\n"
                            "  - {id: status, points: 2, processes.exit: {status: 3}}\n" +
                            more);
  }

  // In the folder, with the words $T (it) and $HOOKS; `handed NAME` makes a commit of all in NAME.
  Ran Do(const std::string& line) const {
    return Shell("export T=$PWD TMPDIR=$PWD/tmp HOOKS='" + std::string(PLUMBLINE_HOOKS) +
                     "' GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_COUNT=1"
                     " GIT_CONFIG_KEY_0=init.defaultBranch GIT_CONFIG_VALUE_0=main"
                     " GIT_AUTHOR_NAME=Anna GIT_AUTHOR_EMAIL=anna@example.org"
                     " GIT_COMMITTER_NAME=Anna GIT_COMMITTER_EMAIL=anna@example.org\n"
                     "handed() { git -C \"$1\" add -A && git -C \"$1\" commit -q -m work; }\n" +
                     line,
                 folder_.path());
  }
  void MustDo(const std::string& line) const {
    const Ran ran = Do("set -e\n" + line);
    ASSERT_EQ(ran.status, 0) << line << "\n" << ran.out << ran.err;
  }

  Folder folder_;
};

}  // namespace plumbline::e2e

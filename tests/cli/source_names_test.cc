// SPDX-License-Identifier: MIT
#include "cli/source_names.h"

#include <gtest/gtest.h>

namespace plumbline::cli {
namespace {

std::string Named(const std::string& file) {
  record::Recording recording;
  recording.events.push_back({.what = record::Exited{.stack = {{file, 3, "main"}}},
                              .where = record::Location{file, 7, "main"}});
  record::Thread thread;
  thread.blocked.emplace().where = record::Location{file, 9, "main"};
  record::ProcessStateAt state;
  state.threads.push_back(thread);
  recording.snapshots["end"].processes.push_back(state);
  NameSourcesFrom("/home/ada/lab", recording);
  const std::string name = recording.events[0].where->file;
  EXPECT_EQ(std::get<record::Exited>(recording.events[0].what).stack[0].file, name);
  EXPECT_EQ(recording.snapshots["end"].processes[0].threads[0].blocked->where->file, name);
  return name;
}

TEST(NameSourcesFrom, TellsWhatIsBelowFromThere) {
  EXPECT_EQ(Named("/home/ada/lab/main.c"), "main.c");
  EXPECT_EQ(Named("/home/ada/lab/src/main.c"), "src/main.c");
}

TEST(NameSourcesFrom, LeavesWhatIsElsewhere) {
  EXPECT_EQ(Named("/home/ada/laboratory/main.c"), "/home/ada/laboratory/main.c");
  EXPECT_EQ(Named("/home/ada/list.h"), "/home/ada/list.h");
  EXPECT_EQ(Named("main.c"), "main.c");
}

}  // namespace
}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
// Which calls stop, by what is to be observed.
#include "trace/filter.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "trace/decode/table.h"

namespace plumbline::trace {
namespace {

using record::Facet;
using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;

std::set<int> Calls(const std::set<Facet>& observed, const std::set<int>& also = {}) {
  std::set<int> calls;
  for (const sandbox::TraceRule& rule : RulesFor(observed, also)) calls.insert(rule.call);
  return calls;
}

TEST(Filter, AlwaysFollowsProcessesSignalsPipesSocketsTimers) {
  EXPECT_THAT(Calls({}),
              IsSupersetOf({SYS_clone, SYS_vfork, SYS_execve, SYS_exit_group, SYS_wait4, SYS_kill,
                            SYS_rt_sigaction, SYS_pipe2, SYS_socket, SYS_accept4, SYS_nanosleep,
                            SYS_alarm, SYS_restart_syscall}));
}

TEST(Filter, FollowsNothingThatNobodyAskedFor) {
  const std::set<int> calls = Calls({});
  for (const int call :
       {SYS_read, SYS_write, SYS_openat, SYS_close, SYS_mmap, SYS_poll, SYS_futex, SYS_unlink})
    EXPECT_THAT(calls, Not(Contains(call))) << call;
}

TEST(Filter, FollowsWhatAFacetNeeds) {
  EXPECT_THAT(Calls({Facet::kTransfers}),
              IsSupersetOf({SYS_read, SYS_sendmmsg, SYS_splice, SYS_poll, SYS_close}));
  EXPECT_THAT(Calls({Facet::kDescriptors}),
              IsSupersetOf({SYS_openat, SYS_close, SYS_dup2, SYS_fcntl}));
  EXPECT_THAT(Calls({Facet::kMemory}),
              IsSupersetOf({SYS_mmap, SYS_shmget, SYS_semop, SYS_mq_open}));
  EXPECT_THAT(Calls({Facet::kFiles}), IsSupersetOf({SYS_unlink, SYS_mkdir}));
  EXPECT_THAT(Calls({Facet::kFileContent}), Contains(SYS_rename));
  EXPECT_THAT(Calls({Facet::kSignals}), Contains(SYS_rt_sigprocmask));
  EXPECT_THAT(Calls({Facet::kUsage}), Not(Contains(SYS_read)));
}

TEST(Filter, AndWhatTheScenarioDoesSomethingAbout) {
  EXPECT_THAT(Calls({}, {SYS_read, SYS_stat}), IsSupersetOf({SYS_read, SYS_stat}));
}

TEST(Filter, OfCallsThatDoManyThingsOnlyWhatIsTold) {
  std::set<uint64_t> commands;
  for (const sandbox::TraceRule& rule : RulesFor({Facet::kDescriptors, Facet::kMemory}, {})) {
    if (rule.call == SYS_fcntl) {
      EXPECT_EQ(rule.argument, 1);
      commands.insert(rule.value);
    }
    if (rule.call == SYS_mmap) {
      EXPECT_EQ(rule.argument, 3);
      EXPECT_EQ(rule.mask, static_cast<uint64_t>(MAP_SHARED));
    }
  }
  EXPECT_THAT(commands,
              IsSupersetOf({uint64_t{F_DUPFD}, uint64_t{F_DUPFD_CLOEXEC}, uint64_t{F_SETLKW}}));
  EXPECT_THAT(commands, Not(Contains(uint64_t{F_GETFL})));
}

TEST(Table, HasEachCallOnceAndItsName) {
  std::set<int> calls;
  for (const decode::Row& row : decode::All()) {
    EXPECT_TRUE(calls.insert(row.call).second) << row.name;
    EXPECT_NE(row.name, "");
    EXPECT_LE(row.arguments.size(), 6u) << row.name;
    EXPECT_LT(row.descriptor, static_cast<int>(row.arguments.size())) << row.name;
    EXPECT_EQ(decode::Find(row.call), &row);
  }
  EXPECT_EQ(decode::Find(SYS_getpid), nullptr);
  EXPECT_EQ(decode::Find(-1), nullptr);
  EXPECT_EQ(decode::Find(100000), nullptr);
  EXPECT_EQ(decode::Find(SYS_readv)->family, "read");
}

// Who reads or writes says where its bytes are, or keeps them in the kernel.
TEST(Table, EachTransferHasADescriptor) {
  for (const decode::Row& row : decode::All()) {
    if (row.role != decode::Role::kRead && row.role != decode::Role::kWrite) continue;
    ASSERT_GE(row.descriptor, 0) << row.name;
    EXPECT_EQ(row.arguments[static_cast<size_t>(row.descriptor)].as, decode::As::kDescriptor)
        << row.name;
  }
}

}  // namespace
}  // namespace plumbline::trace

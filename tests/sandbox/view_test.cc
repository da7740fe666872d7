// SPDX-License-Identifier: MIT
// What a program sees: files, devices, identity, signals, descriptors.
#include <sys/syscall.h>

#include <csignal>

#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using ::testing::HasSubstr;
using View = SandboxTest;
FOR_EACH_ACCOUNT(View);

TEST_P(View, IsTheStudentsWhateverTheAccountOutside) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box, "id -u; id -g; id -un; id -gn; hostname; pwd").out,
              "1000\n1000\nstudent\nstudent\nlab\n/lab\n");
  });
}

TEST_P(View, HasOnlyTheFoldersOfASandbox) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box, "cd /; for f in *; do test -L $f || echo $f; done").out,
              "dev\netc\nlab\nproc\nprogram\nrun\ntmp\nusr\nvar\n");
  });
}

TEST_P(View, SystemAndProgramAreReadOnly) {
  InSandbox([](Sandbox& box) {
    for (const char* path : {"/x", "/etc/passwd", "/usr/x", "/program/x", "/dev/x", "/run/x"}) {
      const Outcome outcome = RunShell(box, std::string("echo >> ") + path);
      EXPECT_NE(outcome.status, 0) << path;
      EXPECT_THAT(outcome.err, HasSubstr("Read-only file system")) << path;
    }
  });
}

TEST_P(View, LabTmpAndShmAreWritableAndMayHoldPrograms) {
  InSandbox([](Sandbox& box) {
    for (const char* folder : {"/lab", "/tmp", "/dev/shm", "/var/tmp"}) {
      const std::string program = std::string(folder) + "/p";
      EXPECT_EQ(RunShell(box, "printf '#!/bin/sh\necho ran\n' > " + program + " && chmod 755 " +
                                  program + " && " + program)
                    .out,
                "ran\n")
          << folder;
    }
  });
}

TEST_P(View, LinksInLabWork) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box, "echo a > f; ln -s f l; cat l; ln f h; cat h").out, "a\na\n");
  });
}

TEST_P(View, DevicesWork) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box,
                       "echo x > /dev/null; head -c 2 /dev/zero | od -An -tx1;"
                       "head -c 4 /dev/urandom | wc -c; echo x 2>&1 > /dev/full")
                  .out,
              " 00 00\n4\nbash: line 1: echo: write error: No space left on device\n");
  });
}

TEST_P(View, ProcShowsThisWorldOnly) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box, "cd /proc; for p in [0-9]*; do cat $p/comm; done").out, "init\nbash\n");
    EXPECT_EQ(RunShell(box, "tr -d '\\0' < /proc/1/cmdline").out, "init");
  });
}

TEST_P(View, HasNoPrivileges) {
  InSandbox([](Sandbox& box) {
    const std::string status = RunProgram(box, {.argv = {"cat", "/proc/self/status"}}).out;
    for (const char* line :
         {"CapInh:\t0000000000000000", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000",
          "CapAmb:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"})
      EXPECT_THAT(status, HasSubstr(line));
  });
}

TEST_P(View, SignalsAndMaskAreAsAfterLogin) {
  // Whatever the grader's own state is.
  sigset_t some;
  sigemptyset(&some);
  sigaddset(&some, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &some, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  InSandbox([](Sandbox& box) {
    const std::string status = RunProgram(box, {.argv = {"cat", "/proc/self/status"}}).out;
    for (const char* line : {"SigPnd:\t0000000000000000", "SigBlk:\t0000000000000000",
                             "SigIgn:\t0000000000000000", "SigCgt:\t0000000000000000"})
      EXPECT_THAT(status, HasSubstr(line));
    EXPECT_EQ(RunShell(box, "umask").out, "0022\n");
  });
  ::signal(SIGPIPE, SIG_DFL);
  ::sigprocmask(SIG_UNBLOCK, &some, nullptr);
}

TEST_P(View, NoDescriptorLeaksIn) {
  // Open in the grader, and not close-on-exec.
  std::vector<UniqueFd> careless;
  for (int i = 0; i < 10; ++i) careless.emplace_back(::open("/dev/null", O_RDWR));
  InSandbox([](Sandbox& box) { EXPECT_EQ(RunTracee(box, "list_fds").out, "0 1 2\n"); });
}

TEST_P(View, ClosedStandardDescriptorsAreClosed) {
  InSandbox([](Sandbox& box) {
    const std::string bytes = TraceeBytes("list_fds");
    const FileToMake file{.path = "/program/list_fds", .content = bytes, .mode = 0755};
    ASSERT_OK(box.PutFiles({&file, 1}));
    const UniqueFd out = Memory();
    auto started = box.Start({.argv = {"/program/list_fds"}, .descriptors = {-1, out.get(), -1}});
    ASSERT_OK(started);
    ASSERT_OK(started->Proceed());
    ASSERT_OK(box.WaitFor(*started, kFar));
    EXPECT_EQ(ContentOf(out), "1\n");
  });
}

TEST_P(View, EveryPortIsFree) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunShell(box,
                       "python3 -c '\n"
                       "import socket\n"
                       "for port in (7, 13, 80, 8080):\n"
                       "  s = socket.socket(); s.bind((\"127.0.0.1\", port)); s.listen()\n"
                       "  socket.create_connection((\"localhost\", port)); print(port)\n'")
                  .out,
              "7\n13\n80\n8080\n");
  });
}

TEST_P(View, HiddenPathsAreEmpty) {
  Options options;
  options.hidden_paths = {"/usr/share/dict", "/usr/bin/od", "/usr/share/doc", "/no/such/path"};
  InSandbox(
      [](Sandbox& box) {
        EXPECT_EQ(RunShell(box, "ls -A /usr/share/doc; cat /usr/bin/od").out, "");
      },
      options);
}

TEST_P(View, MountIsRefused) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunTracee(box, "one_call", {std::to_string(SYS_mount), "0", "0", "0", "0", "0"}).out,
              "EPERM\n");
    // Not by the filter alone: without it the missing capability says the same.
    Program program{.argv = {"/program/one_call", std::to_string(SYS_umount2), "0", "0"}};
    program.filter = MakeFilter({}).value();
    EXPECT_EQ(RunProgram(box, program).out, "EPERM\n");
  });
}

TEST_P(View, InitIsOutOfReach) {
  InSandbox([](Sandbox& box) {
    const Outcome outcome = RunTracee(box, "meddle_with_init");
    EXPECT_EQ(outcome.out, "tried\n");
    // It goes on serving.
    EXPECT_EQ(RunShell(box, "echo still here").out, "still here\n");
  });
}

TEST_P(View, EnvironmentIsExactlyWhatWasGiven) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(RunProgram(box, {.argv = {"/usr/bin/env"}, .env = {"A=1", "B=two words"}}).out,
              "A=1\nB=two words\n");
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing

// SPDX-License-Identifier: MIT
// Files made, changed and read from inside; links never followed.
#include <sys/stat.h>

#include <cerrno>

#include "tests/sandbox/harness.h"

namespace plumbline::sandbox::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;
using Kind = FileToMake::Kind;
using Change = Sandbox::Change;

using PutFiles = SandboxTest;
using ChangeFile = SandboxTest;
using ReadTree = SandboxTest;
using ListIpc = SandboxTest;
FOR_EACH_ACCOUNT(PutFiles);
FOR_EACH_ACCOUNT(ChangeFile);
FOR_EACH_ACCOUNT(ReadTree);
FOR_EACH_ACCOUNT(ListIpc);

Status Put(Sandbox& box, const FileToMake& file) { return box.PutFiles({&file, 1}); }

TEST_P(PutFiles, MakesEveryKindWithItsExactMode) {
  ::umask(077);
  InSandbox([](Sandbox& box) {
    const FileToMake files[] = {
        {.path = "/lab/a/b/plain", .content = "text\n", .mode = 0666},
        {.path = "/lab/fifo", .kind = Kind::kFifo, .mode = 0622},
        {.path = "/lab/folder", .kind = Kind::kDirectory, .mode = 0777},
        {.path = "/lab/socket", .kind = Kind::kSocket, .mode = 0755},
        {.path = "/lab/link", .kind = Kind::kLink, .target = "a/b/plain"},
        {.path = "/program/run", .content = "#!/bin/sh\n", .mode = 0755},
    };
    ASSERT_OK(box.PutFiles(files));
    EXPECT_EQ(RunShell(box,
                       "stat -c '%n %F %a %U' a a/b a/b/plain fifo folder socket; cat link; "
                       "stat -c '%a %U' /program/run")
                  .out,
              "a directory 755 student\n"
              "a/b directory 755 student\n"
              "a/b/plain regular file 666 student\n"
              "fifo fifo 622 student\n"
              "folder directory 777 student\n"
              "socket socket 755 student\n"
              "text\n"
              "755 student\n");
  });
  ::umask(022);
}

TEST_P(PutFiles, TakesManyFilesAndLargeOnesInOneRequest) {
  InSandbox([](Sandbox& box) {
    const std::string large(20 << 20, 'x');
    std::vector<FileToMake> files;
    for (int i = 0; i < 300; ++i)
      files.push_back({.path = "/lab/" + std::to_string(i), .content = "small"});
    files.push_back({.path = "/lab/large", .content = large});
    ASSERT_OK(box.PutFiles(files));
    EXPECT_EQ(RunShell(box, "ls | wc -l; wc -c < large; cat 299").out, "301\n20971520\nsmall");
  });
}

TEST_P(PutFiles, ReplacesWhatWasThere) {
  InSandbox([](Sandbox& box) {
    ASSERT_OK(Put(box, {.path = "/lab/f", .content = "a longer text", .mode = 0600}));
    ASSERT_OK(Put(box, {.path = "/lab/f", .content = "short", .mode = 0644}));
    EXPECT_EQ(RunShell(box, "cat f; stat -c ' %a' f").out, "short 644\n");
  });
}

TEST_P(PutFiles, FollowsNoLink) {
  InSandbox([](Sandbox& box) {
    ASSERT_EQ(RunShell(box, "ln -s /tmp folder; ln -s /tmp/target file").status, 0);
    EXPECT_EQ(Put(box, {.path = "/lab/folder/x"}).error().code, ELOOP);
    EXPECT_EQ(Put(box, {.path = "/lab/file"}).error().code, ELOOP);
    EXPECT_EQ(RunShell(box, "ls /tmp").out, "");
  });
}

TEST_P(PutFiles, DoesNotWaitForAFifosReader) {
  InSandbox([](Sandbox& box) {
    ASSERT_OK(Put(box, {.path = "/lab/fifo", .kind = Kind::kFifo}));
    EXPECT_EQ(Put(box, {.path = "/lab/fifo", .content = "x"}).error().code, ENXIO);
  });
}

TEST_P(PutFiles, SaysWhatItCannotMake) {
  Options options;
  options.limits.disk = MiB(8);
  InSandbox(
      [](Sandbox& box) {
        EXPECT_EQ(Put(box, {.path = "/etc/x"}).error().code, EROFS);
        EXPECT_EQ(Put(box, {.path = "relative"}).error().message, "not a path to a file: relative");
        EXPECT_EQ(Put(box, {.path = "/"}).error().message, "not a path to a file: /");
        ASSERT_OK(Put(box, {.path = "/lab/x"}));
        EXPECT_EQ(Put(box, {.path = "/lab/x/y"}).error().code, ENOTDIR);
        for (const Kind kind : {Kind::kDirectory, Kind::kFifo, Kind::kLink, Kind::kSocket})
          EXPECT_FALSE(Put(box, {.path = "/lab/x", .kind = kind, .target = "t"}).has_value());
        const std::string too_much(12 << 20, 'x');
        EXPECT_EQ(Put(box, {.path = "/lab/big", .content = too_much}).error().code, ENOSPC);
      },
      options);
}

TEST_P(ChangeFile, AppendsRewritesReplacesRemoves) {
  InSandbox([](Sandbox& box) {
    ASSERT_OK(Put(box, {.path = "/lab/f", .content = "1\n", .mode = 0640}));
    const std::string inode = RunShell(box, "stat -c %i f").out;
    ASSERT_OK(box.ChangeFile("/lab/f", Change::kAppend, "2\n"));
    EXPECT_EQ(RunShell(box, "cat f; stat -c %i f").out, "1\n2\n" + inode);
    ASSERT_OK(box.ChangeFile("/lab/f", Change::kRewrite, "3\n"));
    EXPECT_EQ(RunShell(box, "cat f; stat -c %i f").out, "3\n" + inode);
    ASSERT_OK(box.ChangeFile("/lab/f", Change::kReplace, "4\n"));
    EXPECT_EQ(RunShell(box, "cat f; stat -c %a f").out, "4\n640\n");
    EXPECT_NE(RunShell(box, "stat -c %i f").out, inode);
    EXPECT_EQ(RunShell(box, "ls").out, "f\n");
    ASSERT_OK(box.ChangeFile("/lab/f", Change::kRemove, ""));
    EXPECT_EQ(RunShell(box, "ls").out, "");
  });
}

TEST_P(ChangeFile, ChangesRegularFilesOnly) {
  InSandbox([](Sandbox& box) {
    ASSERT_EQ(
        RunShell(box, "mkfifo fifo; ln -s /tmp/x link; touch /tmp/x; ln -s /tmp folder").status, 0);
    for (const Change change :
         {Change::kAppend, Change::kRewrite, Change::kReplace, Change::kRemove})
      EXPECT_EQ(box.ChangeFile("/lab/none", change, "x").error().code, ENOENT);
    for (const Change change : {Change::kAppend, Change::kRewrite, Change::kReplace}) {
      EXPECT_THAT(box.ChangeFile("/lab/fifo", change, "x").error().message,
                  HasSubstr("not a regular file"));
      EXPECT_THAT(box.ChangeFile("/lab/link", change, "x").error().message,
                  HasSubstr("not a regular file"));
    }
    EXPECT_EQ(box.ChangeFile("/lab/folder/x", Change::kRemove, "").error().code, ELOOP);
    EXPECT_EQ(RunShell(box, "cat /tmp/x; ls /tmp").out, "x\n");
  });
}

std::vector<std::string> Paths(const Tree& tree) {
  std::vector<std::string> paths;
  for (const FileEntry& entry : tree.entries) paths.push_back(entry.path);
  return paths;
}

TEST_P(ReadTree, ShowsEveryKindAndReadsRegularFilesOnly) {
  InSandbox([](Sandbox& box) {
    ASSERT_EQ(RunShell(box,
                       "mkdir a; echo one > a/one; echo two > a-two; mkfifo a/fifo;"
                       "ln -s /etc/passwd a/link; echo secret > closed; chmod 0 closed;"
                       "python3 -c 'import socket; s = socket.socket(socket.AF_UNIX);"
                       "s.bind(\"socket\")'")
                  .status,
              0);
    const auto tree = box.ReadTree("/lab", true);
    ASSERT_OK(tree);
    EXPECT_FALSE(tree->cut);
    EXPECT_THAT(Paths(*tree),
                ElementsAre("a", "a-two", "a/fifo", "a/link", "a/one", "closed", "socket"));
    const auto& entries = tree->entries;
    EXPECT_EQ(entries[0].kind, FileEntry::Kind::kDirectory);
    EXPECT_EQ(entries[0].mode, 0755u);
    EXPECT_EQ(entries[1].content, "two\n");
    EXPECT_EQ(entries[1].size, 4u);
    EXPECT_EQ(entries[2].kind, FileEntry::Kind::kFifo);
    EXPECT_EQ(entries[3].kind, FileEntry::Kind::kLink);
    EXPECT_EQ(entries[3].target, "/etc/passwd");
    EXPECT_EQ(entries[3].content, "");
    EXPECT_EQ(entries[4].content, "one\n");
    EXPECT_EQ(entries[5].content, "secret\n");
    EXPECT_EQ(entries[5].mode, 0u);
    EXPECT_EQ(entries[6].kind, FileEntry::Kind::kSocket);
    const auto bare = box.ReadTree("/lab", false);
    ASSERT_OK(bare);
    EXPECT_EQ(bare->entries[1].content, "");
    EXPECT_EQ(bare->entries[1].size, 4u);
  });
}

TEST_P(ReadTree, IsBounded) {
  InSandbox([](Sandbox& box) {
    ASSERT_EQ(RunShell(box,
                       "for i in 1 2 3 4; do head -c 1000 /dev/zero > $i; done;"
                       "truncate -s 60M 5; cd /tmp; for i in $(seq 200); do mkdir d; cd d; done")
                  .status,
              0);
    const auto few = box.ReadTree("/lab", false, MiB(1), 3);
    ASSERT_OK(few);
    EXPECT_TRUE(few->cut);
    EXPECT_EQ(few->entries.size(), 3u);
    const auto little = box.ReadTree("/lab", true, Bytes{2500});
    ASSERT_OK(little);
    EXPECT_FALSE(little->cut);
    EXPECT_FALSE(little->entries[1].cut);
    EXPECT_EQ(little->entries[2].content.size(), 500u);
    EXPECT_TRUE(little->entries[2].cut);
    EXPECT_EQ(little->entries[4].size, MiB(60).count);
    const auto deep = box.ReadTree("/tmp", true);
    ASSERT_OK(deep);
    EXPECT_TRUE(deep->cut);
    EXPECT_GT(deep->entries.size(), 40u);
  });
}

TEST_P(ReadTree, TakesLargeContent) {
  InSandbox([](Sandbox& box) {
    ASSERT_EQ(RunShell(box, "head -c 8M /dev/zero > f").status, 0);
    const auto tree = box.ReadTree("/lab", true);
    ASSERT_OK(tree);
    EXPECT_EQ(tree->entries[0].content, std::string(8 << 20, '\0'));
  });
}

TEST_P(ReadTree, SaysThatThereIsNoSuchFolder) {
  InSandbox([](Sandbox& box) {
    EXPECT_EQ(box.ReadTree("/none", true).error().code, ENOENT);
    ASSERT_EQ(RunShell(box, "ln -s /tmp link").status, 0);
    EXPECT_FALSE(box.ReadTree("/lab/link", true).has_value());
  });
}

TEST_P(ListIpc, NamesWhatIsLeft) {
  InSandbox([](Sandbox& box) {
    const auto none = box.ListIpc();
    ASSERT_OK(none);
    EXPECT_TRUE(none->empty());
    ASSERT_EQ(RunShell(box,
                       "ipcmk -M 100 > /dev/null && ipcmk -S 1 > /dev/null && "
                       "ipcmk -Q > /dev/null && touch /dev/shm/board /dev/shm/sem.lock && "
                       "touch /dev/mqueue/mail")
                  .status,
              0);
    const auto objects = box.ListIpc();
    ASSERT_OK(objects);
    std::vector<std::string> found;
    for (const auto& [kind, name] : *objects) found.push_back(kind + " " + name.substr(0, 5));
    EXPECT_THAT(found, UnorderedElementsAre("shared memory id 0,", "semaphore id 0,",
                                            "message queue id 0,", "shared memory /boar",
                                            "semaphore /lock", "message queue /mail"));
  });
}

}  // namespace
}  // namespace plumbline::sandbox::testing

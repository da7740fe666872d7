// SPDX-License-Identifier: MIT
#include "build/cache.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <thread>

#include "build/entry.h"
#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::SizeIs;

namespace fs = std::filesystem;

std::string KeyFor(int number) { return Hasher().Add(std::to_string(number)).Finish(); }

Report ReportWith(const std::string& content) {
  Report report{.ok = true, .command = "gcc main.c", .log = "said\n"};
  report.diagnostics = {{"main.c", 3, 5, "warning", "unused"}};
  report.artifact.programs["main"] = {.files = {{"main", content, true}, {"words", "w", false}},
                                      .command = {"/program/main", "-v"}};
  report.artifact.hash = KeyFor(7);
  return report;
}

void ExpectSame(const std::optional<Report>& found, const Report& kept) {
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->cached);
  EXPECT_EQ(found->ok, kept.ok);
  EXPECT_EQ(found->command, kept.command);
  EXPECT_EQ(found->log, kept.log);
  EXPECT_EQ(found->diagnostics, kept.diagnostics);
  EXPECT_EQ(found->artifact.hash, kept.artifact.hash);
  ASSERT_THAT(found->artifact.programs, SizeIs(1));
  const Runnable& program = found->artifact.programs.at("main");
  const Runnable& original = kept.artifact.programs.at("main");
  EXPECT_EQ(program.command, original.command);
  ASSERT_EQ(program.files.size(), original.files.size());
  for (size_t i = 0; i < program.files.size(); ++i) {
    EXPECT_EQ(program.files[i].path, original.files[i].path);
    EXPECT_EQ(program.files[i].content, original.files[i].content);
    EXPECT_EQ(program.files[i].executable, original.files[i].executable);
  }
}

size_t CountIn(const fs::path& folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder), {}));
}

TEST(CacheTest, GivesBackWhatItGot) {
  const Folder folder;
  const Cache cache(folder.path() / "made" / "plumbline");
  EXPECT_FALSE(cache.Find(KeyFor(1)));
  const Report report = ReportWith(std::string("\0\xff binary", 9));
  cache.Keep(KeyFor(1), report);
  ExpectSame(cache.Find(KeyFor(1)), report);
  EXPECT_FALSE(cache.Find(KeyFor(2)));
}

TEST(CacheTest, IsForItsOwnerOnly) {
  const Folder folder;
  Cache(folder.path() / "plumbline").Keep(KeyFor(1), ReportWith(""));
  EXPECT_EQ(fs::status(folder.path() / "plumbline/builds").permissions(), fs::perms::owner_all);
}

TEST(CacheTest, WithoutAFolderThereIsNone) {
  const Cache cache("");
  cache.Keep(KeyFor(1), ReportWith(""));
  EXPECT_FALSE(cache.Find(KeyFor(1)));
}

class DamagedEntryTest : public ::testing::Test {
 protected:
  DamagedEntryTest() : cache_(folder_.path()), entry_(folder_.path() / "builds" / KeyFor(1)) {
    cache_.Keep(KeyFor(1), report_);
    bytes_ = ReadFile(entry_).value();
  }
  void ExpectRebuilt() {
    EXPECT_FALSE(cache_.Find(KeyFor(1)));
    cache_.Keep(KeyFor(1), report_);
    ExpectSame(cache_.Find(KeyFor(1)), report_);
  }

  Folder folder_;
  Cache cache_;
  Report report_ = ReportWith("program");
  fs::path entry_;
  std::string bytes_;
};

TEST_F(DamagedEntryTest, CutAnywhereIsNotBelieved) {
  for (size_t size = 0; size < bytes_.size(); ++size)
    ASSERT_FALSE(DecodeEntry(std::string_view(bytes_).substr(0, size), KeyFor(1))) << size;
  fs::resize_file(entry_, bytes_.size() / 2);
  ExpectRebuilt();
}

TEST_F(DamagedEntryTest, AChangedByteIsNotBelieved) {
  for (size_t at = 0; at < bytes_.size(); ++at) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    ASSERT_FALSE(DecodeEntry(changed, KeyFor(1))) << at;
  }
  folder_.Write("builds/" + KeyFor(1), bytes_ + "x");
  ExpectRebuilt();
}

TEST_F(DamagedEntryTest, AnotherKeysEntryIsNotBelieved) {
  fs::copy_file(entry_, entry_.parent_path() / KeyFor(2));
  EXPECT_FALSE(cache_.Find(KeyFor(2)));
}

TEST_F(DamagedEntryTest, EmptyIsNotBelieved) {
  fs::resize_file(entry_, 0);
  ExpectRebuilt();
}

TEST_F(DamagedEntryTest, SomethingElseInItsPlaceIsNotBelieved) {
  fs::remove(entry_);
  ASSERT_EQ(::mkfifo(entry_.c_str(), 0600), 0);
  ExpectRebuilt();
}

TEST(CacheTest, WhereNothingCanBeWrittenThereIsNone) {
  const Folder folder;
  const Cache cache(folder.Write("file", "") / "below");
  cache.Keep(KeyFor(1), ReportWith(""));
  EXPECT_FALSE(cache.Find(KeyFor(1)));
}

// As a full disk: the file can't become so large.
TEST(CacheTest, WhatDoesNotFitLeavesNothing) {
  const Folder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, 4096};
    if (::setrlimit(RLIMIT_FSIZE, &small) < 0) ::_exit(1);
    Cache(folder.path()).Keep(KeyFor(1), ReportWith(std::string(100000, 'x')));
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  EXPECT_EQ(CountIn(folder.path() / "builds"), 0);
  EXPECT_FALSE(Cache(folder.path()).Find(KeyFor(1)));
}

// As if entry N had been used N minutes after the first.
void SetUsed(const fs::path& entry, int minutes) {
  const timespec times[2] = {{1'000'000 + 60 * minutes, 0}, {1'000'000 + 60 * minutes, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, entry.c_str(), times, 0), 0);
}

TEST(CacheTest, ForgetsWhatWasUsedLongestAgo) {
  const Folder folder;
  const Cache cache(folder.path(), {.size = MiB(256), .entries = 8});
  for (int i = 0; i < 8; ++i) {
    cache.Keep(KeyFor(i), ReportWith(""));
    SetUsed(folder.path() / "builds" / KeyFor(i), i);
  }
  EXPECT_TRUE(cache.Find(KeyFor(0)));  // used now
  cache.Keep(KeyFor(8), ReportWith(""));
  EXPECT_EQ(CountIn(folder.path() / "builds"), 6);
  for (const int kept : {0, 4, 5, 6, 7, 8}) EXPECT_TRUE(cache.Find(KeyFor(kept))) << kept;
  for (const int gone : {1, 2, 3}) EXPECT_FALSE(cache.Find(KeyFor(gone))) << gone;
}

TEST(CacheTest, ItsSizeIsBounded) {
  const Folder folder;
  const Cache cache(folder.path(), {.size = KiB(100), .entries = 1000});
  for (int i = 0; i < 20; ++i) {
    cache.Keep(KeyFor(i), ReportWith(std::string(20000, 'x')));
    uint64_t size = 0;
    for (const auto& entry : fs::directory_iterator(folder.path() / "builds"))
      size += entry.file_size();
    EXPECT_LE(size, KiB(100).count);
  }
  EXPECT_TRUE(cache.Find(KeyFor(19)));
}

// Small bounds, so that some forget what others read and write.
TEST(CacheTest, ManyMayUseItAtOnce) {
  const Folder folder;
  const Cache cache(folder.path(), {.size = KiB(200), .entries = 10});
  const auto use = [&](int start) {
    for (int i = 0; i < 200; ++i) {
      const int key = (start + i) % 20;
      const std::string content(1000 * static_cast<size_t>(key), 'x');
      if (const auto found = cache.Find(KeyFor(key)))
        EXPECT_EQ(found->artifact.programs.at("main").files[0].content, content);
      else
        cache.Keep(KeyFor(key), ReportWith(content));
    }
  };
  std::vector<std::jthread> users;
  users.reserve(4);
  for (int i = 0; i < 4; ++i) users.emplace_back(use, 5 * i);
  users.clear();
  EXPECT_LE(CountIn(folder.path() / "builds"), 14);
}

using CachedBuildTest = BuildTest;

// No sandbox can be made with this: whoever tries to build gets an error.
Request WithoutSandbox(Request request) {
  constexpr int kNone = 99;
  request.rung = static_cast<sandbox::Rung>(kNone);
  return request;
}

TEST_F(CachedBuildTest, TheSecondNeedsNoCompiler) {
  const Folder folder;
  Request request = RequestOf("c", {{"main.c", "int main(void) {\n  int unused;\n}\n"}});
  request.cache = folder.path();
  EXPECT_FALSE(Build(WithoutSandbox(request)));
  const auto first = Build(request);
  ASSERT_OK(first);
  EXPECT_FALSE(first->cached);
  const auto second = Build(WithoutSandbox(request));
  ASSERT_OK(second);
  EXPECT_TRUE(second->ok);
  EXPECT_TRUE(second->cached);
  EXPECT_EQ(second->command, first->command);
  EXPECT_EQ(second->diagnostics, first->diagnostics);
  EXPECT_EQ(second->artifact.hash, first->artifact.hash);
  EXPECT_EQ(BytesOf(*second), BytesOf(*first));
}

TEST_F(CachedBuildTest, WhateverDecidesTheProgramIsInTheKey) {
  const Folder folder;
  Request request = RequestOf("c", {{"main.c", kEmptyMain}, {"other.c", "int other;\n"}});
  request.cache = folder.path();
  ASSERT_OK(Build(request));

  std::vector<Request> others(6, request);
  others[0].submission.files[1].content += "\n";
  others[1].submission.files[1].path = "another.c";
  others[2].submission.files.push_back({"x.h", ""});
  others[3].programs = {{"pipe-chain", {"main*"}}};
  others[4].programs = {{"pipes", {}}};
  others[5].hidden_paths = {"/usr/share/doc"};
  for (const Request& other : others) EXPECT_FALSE(Build(WithoutSandbox(other)));
  EXPECT_TRUE(Build(WithoutSandbox(request)));
}

TEST_F(CachedBuildTest, ADamagedEntryIsBuiltAnew) {
  const Folder folder;
  Request request = RequestOf("sh", {{"main.sh", "true\n"}});
  request.cache = folder.path();
  ASSERT_OK(Build(request));
  for (const auto& entry : fs::directory_iterator(folder.path() / "builds"))
    fs::resize_file(entry, entry.file_size() - 1);
  const auto report = Build(request);
  ASSERT_OK(report);
  EXPECT_TRUE(report->ok);
  EXPECT_FALSE(report->cached);
  EXPECT_TRUE(Build(WithoutSandbox(request)));
}

TEST_F(CachedBuildTest, AFailureIsNotKept) {
  const Folder folder;
  Request request = RequestOf("sh", {{"main.sh", "fi\n"}});
  request.cache = folder.path();
  const auto report = Build(request);
  ASSERT_OK(report);
  EXPECT_FALSE(report->ok);
  EXPECT_FALSE(Build(WithoutSandbox(request)));
}

}  // namespace
}  // namespace plumbline::build

// SPDX-License-Identifier: MIT
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "tests/build/harness.h"

namespace plumbline::build {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace fs = std::filesystem;

std::vector<std::string> PathsOf(const Submission& submission) {
  std::vector<std::string> paths;
  paths.reserve(submission.files.size());
  for (const SourceFile& file : submission.files) paths.push_back(file.path);
  return paths;
}

void ExpectRefused(const fs::path& path, const std::string& words) {
  const auto submission = ReadSubmission(path);
  ASSERT_FALSE(submission.has_value()) << path;
  EXPECT_THAT(submission.error().message, HasSubstr(words));
  EXPECT_NE(submission.error().hint, "");
}

TEST(ReadSubmissionTest, TakesAFolder) {
  const Folder folder;
  folder.Write("src/main.c", "main");
  folder.Write("src-2.c", "two");
  folder.Write("Makefile", "all:");
  fs::permissions(folder.Write("run.sh", "true"), fs::perms::owner_exec, fs::perm_options::add);
  const auto submission = ReadSubmission(folder.path());
  ASSERT_OK(submission);
  EXPECT_THAT(PathsOf(*submission), ElementsAre("Makefile", "run.sh", "src-2.c", "src/main.c"));
  EXPECT_EQ(submission->files[3].content, "main");
  EXPECT_FALSE(submission->files[3].executable);
  EXPECT_TRUE(submission->files[1].executable);
  EXPECT_EQ(submission->hash, SubmissionOf(submission->files).hash);
}

TEST(ReadSubmissionTest, TakesOneFileAlsoThroughALink) {
  const Folder folder;
  const fs::path file = folder.Write("main.c", "main");
  folder.Write("other.c", "other");
  fs::create_symlink(file, folder.path() / "handed-in.c");
  const auto direct = ReadSubmission(file);
  ASSERT_OK(direct);
  EXPECT_THAT(PathsOf(*direct), ElementsAre("main.c"));
  const auto linked = ReadSubmission(folder.path() / "handed-in.c");
  ASSERT_OK(linked);
  EXPECT_THAT(PathsOf(*linked), ElementsAre("handed-in.c"));
  EXPECT_EQ(linked->files[0].content, "main");
}

TEST(ReadSubmissionTest, LeavesOutWhatIsHiddenOrBuilt) {
  const Folder folder;
  for (const char* name : {".git/config", ".main.c.swp", "__pycache__/main.pyc", "main.o",
                           "lib/libx.a", "x.so", "main.c~", "main.pyc", "x.h.gch"})
    folder.Write(name, "x");
  // However large, and whatever its name.
  fs::resize_file(folder.Write("pipe-chain", "\177ELF\2\1\1"), MiB(200).count);
  fs::create_symlink("/etc/passwd", folder.path() / ".hidden-link");
  folder.Write("main.c", "main");
  const auto submission = ReadSubmission(folder.path());
  ASSERT_OK(submission);
  EXPECT_THAT(PathsOf(*submission), ElementsAre("main.c"));
}

TEST(ReadSubmissionTest, AnEmptyFolderIsEmpty) {
  const Folder folder;
  const auto submission = ReadSubmission(folder.path());
  ASSERT_OK(submission);
  EXPECT_THAT(submission->files, IsEmpty());
}

TEST(ReadSubmissionTest, TheHashIsOfNamesAndContents) {
  const auto hash = [](std::vector<SourceFile> files) {
    const Folder folder;
    for (const SourceFile& file : files) folder.Write(file.path, file.content);
    return ReadSubmission(folder.path()).value().hash;
  };
  EXPECT_EQ(hash({{"a.c", "x"}, {"b.c", "y"}}), hash({{"b.c", "y"}, {"a.c", "x"}}));
  EXPECT_NE(hash({{"a.c", "x"}}), hash({{"a.c", "y"}}));
  EXPECT_NE(hash({{"a.c", "x"}}), hash({{"b.c", "x"}}));
  EXPECT_NE(hash({{"a.c", "x"}, {"b.c", ""}}), hash({{"a.c", ""}, {"b.c", "x"}}));
}

TEST(ReadSubmissionTest, SaysThatThereIsNothing) {
  const Folder folder;
  const auto submission = ReadSubmission(folder.path() / "nothing");
  ASSERT_FALSE(submission.has_value());
  EXPECT_EQ(submission.error().code, ENOENT);
}

TEST(ReadSubmissionTest, RefusesLinks) {
  const Folder secret;
  secret.Write("main.c", "secret");
  const Folder folder;
  fs::create_symlink(secret.path() / "main.c", folder.path() / "main.c");
  ExpectRefused(folder.path(), "main.c: a symbolic link");
  fs::remove(folder.path() / "main.c");
  fs::create_directory_symlink(secret.path(), folder.path() / "lib");
  ExpectRefused(folder.path(), "lib: a symbolic link");
}

TEST(ReadSubmissionTest, RefusesPipesSocketsAndDevicesWithoutWaiting) {
  const Folder folder;
  const fs::path special = folder.path() / "special";
  ASSERT_EQ(::mkfifo(special.c_str(), 0600), 0);
  ExpectRefused(folder.path(), "special: a named pipe");
  ExpectRefused(special, "special: a named pipe");
  fs::remove(special);

  const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  ASSERT_LT(special.string().size(), sizeof address.sun_path);
  std::ranges::copy(special.string(), address.sun_path);
  ASSERT_EQ(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ExpectRefused(folder.path(), "special: a socket");

  ExpectRefused("/dev/zero", "/dev/zero: a device");
}

TEST(ReadSubmissionTest, RefusesNamesThatWouldBreakALine) {
  for (const char* name : {"main\n.c", "main\x1b[31m.c", "main\x7f.c", "main\xff.c"}) {
    const Folder folder;
    folder.Write(name, "");
    ExpectRefused(folder.path(), "a name ");
    const auto submission = ReadSubmission(folder.path());
    EXPECT_THAT(submission.error().message, Not(HasSubstr(name))) << "shown as it is";
  }
}

TEST(ReadSubmissionTest, RefusesWhatIsTooLarge) {
  const Folder folder;
  const fs::path file = folder.Write("main.c", "x");
  fs::resize_file(file, MiB(4).count);
  EXPECT_TRUE(ReadSubmission(folder.path()));
  fs::resize_file(file, MiB(4).count + 1);
  ExpectRefused(folder.path(), "main.c: larger than 4 MiB");
  fs::resize_file(file, MiB(4).count);
  for (int i = 0; i < 3; ++i) fs::resize_file(folder.Write(std::to_string(i), "x"), MiB(4).count);
  EXPECT_TRUE(ReadSubmission(folder.path()));
  folder.Write("one-more", "x");
  ExpectRefused(folder.path(), "larger than 16 MiB together");
}

TEST(ReadSubmissionTest, RefusesTooManyFiles) {
  const Folder folder;
  for (int i = 0; i < 1000; ++i) folder.Write(std::to_string(i) + ".c", "");
  EXPECT_TRUE(ReadSubmission(folder.path()));
  folder.Write("one-more.c", "");
  ExpectRefused(folder.path(), "more than 1000 files");
}

TEST(ReadSubmissionTest, RefusesFoldersWithoutEnd) {
  const Folder folder;
  std::string path;
  for (int i = 0; i < 16; ++i) path += "d/";
  folder.Write(path + "main.c", "");
  EXPECT_TRUE(ReadSubmission(folder.path()));
  folder.Write(path + "d/main.c", "");
  ExpectRefused(folder.path(), "too many folders");
}

}  // namespace
}  // namespace plumbline::build

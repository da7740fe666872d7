// SPDX-License-Identifier: MIT
#include "base/io.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace plumbline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A folder of its own for each test.
class Files : public testing::Test {
 protected:
  Files() {
    std::string name = std::filesystem::temp_directory_path() / "plumbline-io.XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~Files() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path Path(const char* name) const { return folder_ / name; }
  std::filesystem::path Make(const char* name, std::string_view content) const {
    std::ofstream(Path(name)) << content;
    return Path(name);
  }

  std::filesystem::path folder_;
};

struct Pipe {
  Pipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    read = UniqueFd(ends[0]);
    write = UniqueFd(ends[1]);
  }
  UniqueFd read;
  UniqueFd write;
};

using ReadFileTest = Files;

TEST_F(ReadFileTest, GivesTheWholeFile) {
  const std::string content(200'000, 'x');
  EXPECT_EQ(*ReadFile(Make("a", content)), content);
  EXPECT_EQ(*ReadFile(Make("empty", "")), "");
}

TEST_F(ReadFileTest, SaysWhatIsNotThere) {
  const auto content = ReadFile(Path("none"));
  EXPECT_EQ(content.error().message, Path("none").string() + ": No such file or directory");
  EXPECT_EQ(content.error().code, ENOENT);
}

TEST_F(ReadFileTest, RefusesWhatIsTooLarge) {
  EXPECT_EQ(ReadFile(Make("a", "12345"), Bytes{4}).error().message,
            Path("a").string() + ": larger than 4 B");
  EXPECT_EQ(*ReadFile(Path("a"), Bytes{5}), "12345");
}

TEST_F(ReadFileTest, RefusesWhatIsNoRegularFile) {
  EXPECT_THAT(ReadFile(folder_).error().message, HasSubstr("not a regular file"));
  ASSERT_EQ(::mkfifo(Path("fifo").c_str(), 0600), 0);
  // Nobody writes: a blocking open would never return.
  EXPECT_THAT(ReadFile(Path("fifo")).error().message, HasSubstr("not a regular file"));
}

TEST_F(ReadFileTest, NamesTheFileOfAFailedRead) {
  // Reading the start of this file is an I/O error: address 0 is mapped nowhere.
  const auto content = ReadFile("/proc/self/mem");
  EXPECT_THAT(content.error().message, StartsWith("/proc/self/mem: read: "));
  EXPECT_EQ(content.error().code, EIO);
}

using WriteFileAtomicallyTest = Files;

TEST_F(WriteFileAtomicallyTest, ReplacesTheFile) {
  Make("a", "old and longer");
  ASSERT_TRUE(WriteFileAtomically(Path("a"), "new"));
  EXPECT_EQ(*ReadFile(Path("a")), "new");
  struct stat status{};
  ASSERT_EQ(::stat(Path("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0644u);
}

TEST_F(WriteFileAtomicallyTest, SaysWhichFolderIsMissing) {
  const auto written = WriteFileAtomically(Path("none/a"), "x");
  EXPECT_EQ(written.error().message, Path("none/a").string() + ": No such file or directory");
}

TEST_F(WriteFileAtomicallyTest, LeavesNothingBehindWhenItFails) {
  std::filesystem::create_directory(Path("a"));
  Make("a/inside", "x");
  const auto written = WriteFileAtomically(Path("a"), "x");
  EXPECT_THAT(written.error().message, StartsWith(Path("a").string() + ": rename: "));
  EXPECT_THAT(written.error().hint, IsEmpty());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(WriteFileAtomicallyTest, KeepsTheOldFileWhenTheNewOneDoesNotFit) {
  Make("a", "old");
  // A limit of this process stands for a full disk; its signal would end the test.
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit small{.rlim_cur = 1000, .rlim_max = limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto written = WriteFileAtomically(Path("a"), std::string(2000, 'x'));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  std::signal(SIGXFSZ, before);
  EXPECT_EQ(written.error().code, EFBIG);
  EXPECT_EQ(*ReadFile(Path("a")), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST(WriteAll, GoesOnAfterShortWrites) {
  // More than a pipe holds: the writer must come back as the reader makes room.
  Pipe pipe;
  const std::string content(1 << 20, 'x');
  std::string got;
  std::thread reader([&] { got = *ReadAll(pipe.read.get()); });
  EXPECT_TRUE(WriteAll(pipe.write.get(), content));
  pipe.write.Reset();
  reader.join();
  EXPECT_EQ(got, content);
}

TEST(WriteAll, SaysWhyItCannot) {
  Pipe pipe;
  EXPECT_EQ(WriteAll(pipe.read.get(), "x").error().code, EBADF);
  EXPECT_TRUE(WriteAll(pipe.read.get(), ""));  // nothing to do, nothing done
}

TEST(ReadAll, StopsAtTheLimit) {
  Pipe pipe;
  ASSERT_TRUE(WriteAll(pipe.write.get(), "12345"));
  // The write end is open: to read to the end would be to wait for ever.
  EXPECT_EQ(ReadAll(pipe.read.get(), Bytes{4}).error().message, "larger than 4 B");
}

TEST(ReadAll, SaysWhyItCannot) {
  Pipe pipe;
  EXPECT_EQ(ReadAll(pipe.write.get()).error().message, "read: Bad file descriptor");
}

TEST(ReadAllAndWriteAll, GoOnAfterASignal) {
  struct sigaction action{};
  action.sa_handler = [](int) {};  // without SA_RESTART: blocked calls end with EINTR
  struct sigaction before{};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &before), 0);
  Pipe to_reader;
  Pipe from_writer;
  const std::string much(1 << 20, 'x');
  std::string got;
  std::thread reader([&] { got = *ReadAll(to_reader.read.get()); });
  std::thread writer([&] { EXPECT_TRUE(WriteAll(from_writer.write.get(), much)); });
  // However the signals fall, before, in or after a call, the result is the same.
  for (int i = 0; i < 200; ++i) {
    ::pthread_kill(reader.native_handle(), SIGUSR1);
    ::pthread_kill(writer.native_handle(), SIGUSR1);
    std::this_thread::yield();
  }
  ASSERT_TRUE(WriteAll(to_reader.write.get(), "end"));
  to_reader.write.Reset();
  std::string drained(much.size(), '\0');
  size_t count = 0;
  while (count < drained.size())
    count += static_cast<size_t>(
        ::read(from_writer.read.get(), drained.data() + count, drained.size() - count));
  reader.join();
  writer.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  EXPECT_EQ(got, "end");
  EXPECT_EQ(drained, much);
}

TEST(ReadProc, GivesTheFileOrNothing) {
  EXPECT_THAT(ReadProc("/proc/self/stat"), StartsWith(std::to_string(::getpid())));
  EXPECT_GT(ReadProc("/proc/self/smaps").size(), 4096u);  // more than one buffer
  EXPECT_EQ(ReadProc("/proc/self/no-such-file"), "");
}

TEST(ReadFileOrPipe, TakesAPipeToItsEnd) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  ASSERT_TRUE(WriteAll(writer.get(), "id,name\n"));
  writer.Reset();
  EXPECT_EQ(ReadFileOrPipe("/dev/fd/" + std::to_string(reader.get())), "id,name\n");
  EXPECT_FALSE(ReadFileOrPipe("/nowhere"));
  const auto folder = ReadFileOrPipe("/");
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().message, "/: read: Is a directory");
}

}  // namespace
}  // namespace plumbline

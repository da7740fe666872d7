// SPDX-License-Identifier: MIT
// Archives of a class as Python makes them: what is written of them, and what reading it says then.
#include "build/unpacking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <set>
#include <string>

#include "build/build.h"
#include "tests/support/command.h"

namespace plumbline::build {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr UnpackingLimits kFew{.entries = 50, .all = MiB(16), .processor_seconds = 10};

class Unpacked : public ::testing::Test {
 protected:
  Unpacked() {
    std::string name = ::testing::TempDir() + "plumbline-unpacked-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    fs::create_directory(into_ = folder_ / "into");
  }
  ~Unpacked() override { fs::remove_all(folder_); }

  // What the script left in PATH, unpacked: the error's message.
  std::string Unpack(const std::string& script, const UnpackingLimits& limits = kFew) const {
    const fs::path path = folder_ / "class.zip";
    const testing::Ran ran = testing::Run(
        {"python3", "-c", "import io, sys, tarfile, zipfile\nPATH = sys.argv[1]\n" + script,
         path.string()});
    EXPECT_EQ(ran.status, 0) << ran.err;
    const Status done = build::Unpack(path, into_, limits, [] { return true; });
    return done ? std::string() : done.error().message;
  }
  std::set<std::string> Files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(into_)) {
      if (!entry.is_directory() || entry.is_symlink())
        names.insert(entry.path().lexically_relative(into_).string());
    }
    return names;
  }
  std::string Refusal(const std::string& student) const {
    const auto submission = ReadSubmission(into_ / student);
    return submission ? "" : submission.error().message;
  }
  // Nothing stands outside.
  void ExpectNothingElse() const {
    for (const auto& entry : fs::directory_iterator(folder_))
      EXPECT_TRUE(entry.path() == into_ || entry.path() == folder_ / "class.zip") << entry.path();
  }

  fs::path folder_;
  fs::path into_;
};

std::string ZipOf(const std::string& lines) {
  return "z = zipfile.ZipFile(PATH, 'w', zipfile.ZIP_DEFLATED)\n" + lines + "z.close()\n";
}

// `lines` call put(NAME, KIND, CONTENT, TARGET).
std::string TarOf(const std::string& lines) {
  return "t = tarfile.open(PATH, 'w:gz')\n"
         "def put(name, kind=tarfile.REGTYPE, content=b'', target=''):\n"
         "  i = tarfile.TarInfo(name)\n  i.type = kind\n  i.size = len(content)\n"
         "  i.linkname = target\n  i.mtime = 1700000000\n  t.addfile(i, io.BytesIO(content))\n" +
         lines + "t.close()\n";
}

TEST_F(Unpacked, HasTheFilesAndTheirTimes) {
  EXPECT_EQ(Unpack(TarOf("put('anna/main.c', content=b'int x;')\n"
                         "put('anna/.git/config')\nput('joan/a.o')\nput('__MACOSX/anna/x')\n"
                         "put('joan', tarfile.DIRTYPE)\n")),
            "");
  EXPECT_THAT(Files(), ElementsAre("anna/main.c"));
  EXPECT_TRUE(fs::is_directory(into_ / "joan"));
  const auto changed = std::chrono::file_clock::to_sys(fs::last_write_time(into_ / "anna/main.c"));
  EXPECT_EQ(std::chrono::duration_cast<std::chrono::seconds>(changed.time_since_epoch()).count(),
            1700000000);
}

TEST_F(Unpacked, NeverLeadsOut) {
  EXPECT_THAT(Unpack(ZipOf("z.writestr('../out', 'x')\n")), HasSubstr("leads out"));
  EXPECT_THAT(Unpack(ZipOf("z.writestr('anna/../../out', 'x')\n")), HasSubstr("leads out"));
  EXPECT_THAT(Unpack(TarOf("put('/tmp/plumbline-out')\n")), HasSubstr("leads out"));
  ExpectNothingElse();
}

// A link is followed by nobody: neither by what comes behind it, nor by who reads.
TEST_F(Unpacked, HasLinksToNowhere) {
  EXPECT_EQ(Unpack(TarOf("put('anna/main.c', content=b'x')\n"
                         "put('anna/up', tarfile.SYMTYPE, target='../..')\n"
                         "put('anna/up/out', content=b'x')\n"
                         "put('joan/main.c', tarfile.LNKTYPE, target='anna/main.c')\n"
                         "put('mar/main.c', content=b'y')\n")),
            "");
  ExpectNothingElse();
  EXPECT_THAT(Refusal("anna"), HasSubstr("a symbolic link"));
  EXPECT_THAT(Refusal("joan"), HasSubstr("a symbolic link"));
  EXPECT_EQ(Refusal("mar"), "");
}

TEST_F(Unpacked, HasNoDevices) {
  EXPECT_EQ(Unpack(TarOf("put('anna/p', tarfile.FIFOTYPE)\nput('joan/d', tarfile.CHRTYPE)\n")), "");
  EXPECT_THAT(Refusal("anna"), HasSubstr("a socket or a device"));
  EXPECT_THAT(Refusal("joan"), HasSubstr("a socket or a device"));
}

// One student's bomb is hers alone, and takes no room.
TEST_F(Unpacked, CutsWhatIsRefusedAnyway) {
  EXPECT_EQ(Unpack(ZipOf("z.writestr('anna/main.c', bytes(300 << 20))\n"
                         "z.writestr('joan/' + 'd/' * 40 + 'main.c', 'x')\n"
                         "z.writestr('mar/main.c', 'y')\n")),
            "");
  EXPECT_THAT(Refusal("anna"), HasSubstr("larger than 4 MiB"));
  EXPECT_LE(fs::file_size(into_ / "anna/main.c"), (4U << 20) + 1);
  EXPECT_THAT(Refusal("joan"), HasSubstr("too many folders inside one another"));
  EXPECT_EQ(Refusal("mar"), "");
}

TEST_F(Unpacked, IsBounded) {
  EXPECT_THAT(Unpack(ZipOf("for i in range(60): z.writestr(f'anna/{i}.c', '')\n")),
              HasSubstr("more than 50 files"));
  fs::remove_all(into_);
  fs::create_directory(into_);
  EXPECT_THAT(Unpack(ZipOf("for i in range(6): z.writestr(f'anna/{i}.c', bytes(4 << 20))\n")),
              HasSubstr("unpacks to more than 16 MiB"));
}

TEST_F(Unpacked, RefusesTwoOfOneName) {
  EXPECT_THAT(Unpack(TarOf("put('anna/main.c')\nput('anna/./main.c')\n")),
              HasSubstr("two files of that name"));
  EXPECT_THAT(Unpack(TarOf("put('joan', content=b'x')\nput('joan/main.c')\n")),
              HasSubstr("two files of that name"));
}

TEST_F(Unpacked, TellsWhatIsNoArchive) {
  EXPECT_THAT(Unpack("open(PATH, 'w').write('hello, this is text\\n' * 100)\n"),
              HasSubstr("class.zip: the archive cannot be read"));
  EXPECT_THAT(Unpack("open(PATH, 'w')\n"), HasSubstr("class.zip: "));
  EXPECT_THAT(Unpack(ZipOf("")), HasSubstr("class.zip: "));
  EXPECT_THAT(Files(), IsEmpty());
  EXPECT_THAT(Unpack(ZipOf("import os\nz.writestr('anna/main.c', os.urandom(1 << 20))\n") +
                     "b = open(PATH, 'rb').read()\nopen(PATH, 'wb').write(b[:len(b) // 2])\n"),
              HasSubstr("the archive cannot be read"));
}

TEST_F(Unpacked, RefusesAPassword) {
  // The flag of the local header and of the directory's: PKWARE APPNOTE 4.4.4.
  EXPECT_THAT(Unpack(ZipOf("z.writestr('anna/main.c', 'x' * 100)\n") +
                     "b = bytearray(open(PATH, 'rb').read())\nb[6] |= 1\n"
                     "b[b.find(b'PK\\1\\2') + 8] |= 1\nopen(PATH, 'wb').write(b)\n"),
              HasSubstr("behind a password"));
}

TEST_F(Unpacked, EndsWhenAsked) {
  std::ofstream(folder_ / "class.zip") << "x";
  const Status done = build::Unpack(folder_ / "class.zip", into_, kFew, [] { return false; });
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("interrupted"));
}

}  // namespace
}  // namespace plumbline::build

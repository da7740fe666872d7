// SPDX-License-Identifier: MIT
// Archives as Python makes them, the ones that students hand in and the ones that nobody should.
#include "build/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/command.h"

namespace plumbline::build {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What a script of Python left in NAME, read.
class Archive : public ::testing::Test {
 protected:
  Archive() {
    std::string name = ::testing::TempDir() + "plumbline-archive-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~Archive() override { fs::remove_all(folder_); }

  Result<Submission> Made(const std::string& name, const std::string& script) const {
    const fs::path path = folder_ / name;
    const testing::Ran ran = testing::Run(
        {"python3", "-c", "import io, sys, tarfile, zipfile\nPATH = sys.argv[1]\n" + script,
         path.string()});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ReadSubmission(path);
  }
  std::string Refusal(const std::string& name, const std::string& script) const {
    const auto submission = Made(name, script);
    EXPECT_FALSE(submission);
    return submission ? std::string() : submission.error().message;
  }
  static std::vector<std::string> NamesIn(const Result<Submission>& submission) {
    if (!submission) return {submission.error().message};
    std::vector<std::string> names;
    for (const SourceFile& file : submission->files) names.push_back(file.path);
    return names;
  }

  fs::path folder_;
};

// A tar with one member of this kind.
std::string TarOf(const std::string& name, const std::string& kind) {
  return "t = tarfile.open(PATH, 'w')\ni = tarfile.TarInfo(" + name + ")\ni.type = tarfile." +
         kind + "\ni.linkname = '/etc/passwd'\nt.addfile(i)\nt.close()\n";
}

TEST_F(Archive, HasTheFilesOfAFolder) {
  const auto zip = Made("work.zip",
                        "z = zipfile.ZipFile(PATH, 'w', zipfile.ZIP_DEFLATED)\n"
                        "z.writestr('main.c', 'int x;')\nz.writestr('lib/a.h', '')\n");
  EXPECT_THAT(NamesIn(zip), ElementsAre("lib/a.h", "main.c"));
  EXPECT_EQ(zip->files[1].content, "int x;");
  for (const char* mode : {"w", "w:gz", "w:bz2", "w:xz"}) {
    const std::string script = "t = tarfile.open(PATH, '" + std::string(mode) +
                               "')\nb = b'echo hi'\ni = tarfile.TarInfo('main.sh')\n"
                               "i.size = len(b)\ni.mode = 0o755\nt.addfile(i, io.BytesIO(b))\n"
                               "t.close()\n";
    const auto tar = Made("work.tar.gz", script);
    EXPECT_THAT(NamesIn(tar), ElementsAre("main.sh")) << mode;
    EXPECT_EQ(tar->files[0].content, "echo hi");
    EXPECT_TRUE(tar->files[0].executable);
  }
}

TEST_F(Archive, IsTheSameAsItsFolder) {
  fs::create_directories(folder_ / "work/lib");
  std::ofstream(folder_ / "work/main.c") << "int x;";
  std::ofstream(folder_ / "work/lib/a.h") << "y";
  const auto folder = ReadSubmission(folder_ / "work");
  const auto zip = Made("work.zip",
                        "z = zipfile.ZipFile(PATH, 'w')\nz.writestr('work/main.c', 'int x;')\n"
                        "z.writestr('work/lib/a.h', 'y')\nz.writestr('__MACOSX/._main.c', 'z')\n"
                        "z.writestr('work/.DS_Store', 'z')\n");
  ASSERT_TRUE(folder && zip) << zip.error().message;
  EXPECT_EQ(folder->hash, zip->hash);
}

TEST_F(Archive, HasNamesInUtf8) {
  EXPECT_THAT(NamesIn(Made("a.zip", "zipfile.ZipFile(PATH, 'w').writestr('cañó.c', 'x')\n")),
              ElementsAre("cañó.c"));
}

TEST_F(Archive, LeavesOutWhatWasBuilt) {
  EXPECT_THAT(NamesIn(Made("a.zip",
                           "z = zipfile.ZipFile(PATH, 'w')\nz.writestr('main.c', 'x')\n"
                           "z.writestr('main', b'\\x7fELF' + bytes(5 << 20))\n"
                           "z.writestr('main.o', 'x')\nz.writestr('__pycache__/m.pyc', 'x')\n")),
              ElementsAre("main.c"));
}

TEST_F(Archive, MayNotLeadOut) {
  for (const char* name : {"../main.c", "a/../../main.c", "/etc/cron.d/x", "a/.."}) {
    const std::string script =
        "zipfile.ZipFile(PATH, 'w').writestr('" + std::string(name) + "', 'x')\n";
    EXPECT_THAT(Refusal("a.zip", script), HasSubstr("leads out of the archive")) << name;
  }
}

TEST_F(Archive, HasNeitherLinksNorDevices) {
  EXPECT_THAT(Refusal("a.tar", TarOf("'main.c'", "SYMTYPE")), HasSubstr("main.c: a link"));
  EXPECT_THAT(Refusal("a.tar", TarOf("'main.c'", "LNKTYPE")), HasSubstr("main.c: a link"));
  EXPECT_THAT(Refusal("a.tar", TarOf("'main.c'", "CHRTYPE")), HasSubstr("a device"));
  EXPECT_THAT(Refusal("a.tar", TarOf("'main.c'", "FIFOTYPE")), HasSubstr("a device"));
}

TEST_F(Archive, HasNoPassword) {
  // The flag of an entry that is encrypted, in both of its headers (APPNOTE.TXT 4.4.4).
  EXPECT_THAT(Refusal("a.zip",
                      "b = io.BytesIO()\nz = zipfile.ZipFile(b, 'w')\nz.writestr('main.c', 'x')\n"
                      "z.close()\nd = bytearray(b.getvalue())\nd[6] |= 1\n"
                      "d[d.index(b'PK\\x01\\x02') + 8] |= 1\nopen(PATH, 'wb').write(d)\n"),
              HasSubstr("main.c: it is behind a password"));
}

TEST_F(Archive, HasEachNameOnce) {
  EXPECT_THAT(Refusal("a.zip",
                      "import warnings\nwarnings.simplefilter('ignore')\n"
                      "z = zipfile.ZipFile(PATH, 'w')\nz.writestr('a.c', '1')\n"
                      "z.writestr('./a.c', '2')\n"),
              HasSubstr("two files of that name"));
}

TEST_F(Archive, IsNoBomb) {
  EXPECT_THAT(Refusal("a.zip",
                      "z = zipfile.ZipFile(PATH, 'w', zipfile.ZIP_DEFLATED)\n"
                      "z.writestr('main.c', bytes(200 << 20))\n"),
              HasSubstr("larger than 4 MiB"));
  EXPECT_THAT(Refusal("a.zip",
                      "z = zipfile.ZipFile(PATH, 'w', zipfile.ZIP_DEFLATED)\n"
                      "for n in range(40): z.writestr('%d.o' % n, bytes(3 << 20))\n"
                      "for n in range(40): z.writestr('%d.c' % n, bytes(3 << 20))\n"),
              HasSubstr("unpacks to more than 64 MiB"));
  EXPECT_THAT(Refusal("a.zip",
                      "z = zipfile.ZipFile(PATH, 'w')\n"
                      "for n in range(100000): z.writestr('%d.c' % n, '')\n"),
              HasSubstr("more than 10000 files"));
  EXPECT_THAT(Refusal("a.zip", "zipfile.ZipFile(PATH, 'w').writestr('d/' * 30 + 'a.c', '')\n"),
              HasSubstr("too many folders inside one another"));
}

TEST_F(Archive, HasNamesThatCanBeTold) {
  EXPECT_THAT(Refusal("a.zip", "zipfile.ZipFile(PATH, 'w').writestr('a\\nb.c', '')\n"),
              HasSubstr("a name with a control character"));
  EXPECT_THAT(Refusal("a.zip", "zipfile.ZipFile(PATH, 'w').writestr('a' * 2000 + '.c', '')\n"),
              HasSubstr("a name that is too long"));
}

TEST_F(Archive, IsWhole) {
  EXPECT_THAT(Refusal("a.zip", "open(PATH, 'w').write('this is text and no archive at all')\n"),
              HasSubstr("the archive cannot be read"));
  EXPECT_THAT(Refusal("a.tar.gz",
                      "b = io.BytesIO()\nt = tarfile.open(fileobj=b, mode='w:gz')\n"
                      "i = tarfile.TarInfo('main.c')\ni.size = 100000\nimport os\n"
                      "t.addfile(i, io.BytesIO(os.urandom(100000)))\nt.close()\n"
                      "open(PATH, 'wb').write(b.getvalue()[:50000])\n"),
              HasSubstr("the archive cannot be read"));
  EXPECT_THAT(Refusal("a.7z", "open(PATH, 'wb').write(bytes(100))\n"),
              HasSubstr("the archive cannot be read"));
}

TEST_F(Archive, MayBeEmpty) {
  EXPECT_THAT(NamesIn(Made("a.zip", "zipfile.ZipFile(PATH, 'w').close()\n")), ElementsAre());
}

}  // namespace
}  // namespace plumbline::build

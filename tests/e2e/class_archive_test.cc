// SPDX-License-Identifier: MIT
// A class in one archive, as learning platforms give it to download and as teachers pack it.
#include <gmock/gmock.h>

#include "classroom.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ClassArchive : public Classroom {
 protected:
  ClassArchive() {
    std::filesystem::create_directory(folder_.path() / "tmp");
    Hand("anna/main.sh", kRight);
    Hand("joan/main.sh", kHalf);
    Hand("mar/main.sh", std::string("# mar\n") + kRight);
  }
  Ran GradeThat(const std::string& submissions, const std::string& more = "") const {
    return Do("TMPDIR=$PWD/tmp $P grade --exercise three --submissions " + submissions + " " +
              more);
  }
  void MustDo(const std::string& line) const {
    const Ran ran = Do("set -e\n" + line);
    ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  }
  std::string Left() const { return Do("ls -A tmp").out; }
};

constexpr const char* kThree = "3 graded, 2 of them passed; 0 unchanged; 0 refused; 0 in error";
constexpr const char* kUnchanged = "0 graded, 0 of them passed; 3 unchanged";

TEST_F(ClassArchive, IsTheSameAsItsFolder) {
  MustDo(
      "(cd class && zip -qr ../flat.zip .); zip -qr all.zip class; tar czf class.tgz class\n"
      "tar cJf class.tar.xz -C class .; tar cf class.tar class/anna class/joan class/mar");
  const Ran first = GradeThat("flat.zip");
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr(kThree));
  EXPECT_EQ(Marks(), (json{{"anna", 3.0}, {"joan", 1.0}, {"mar", 3.0}}));
  for (const char* other : {"class", "all.zip", "class.tgz", "class.tar.xz", "class.tar"})
    EXPECT_THAT(GradeThat(other).out, HasSubstr(kUnchanged)) << other;
  EXPECT_THAT(Left(), IsEmpty());
  EXPECT_EQ(Do("sqlite3 gradebook.db \"select source from attempt where student = 'joan'\"").out,
            "flat.zip/joan\n");
}

TEST_F(ClassArchive, HasAnArchiveOfEach) {
  MustDo(
      "mkdir packed; (cd class/anna && zip -q ../../packed/anna.zip main.sh)\n"
      "tar czf packed/joan.tar.gz -C class joan; cp class/mar/main.sh packed/mar.sh\n"
      "zip -qr packed.zip packed");
  const Ran ran = GradeThat("packed.zip");
  EXPECT_THAT(ran.out, HasSubstr(kThree)) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("packed/: taken for the folder of the class"));
  EXPECT_EQ(Marks(), (json{{"anna", 3.0}, {"joan", 1.0}, {"mar", 3.0}}));
  EXPECT_THAT(GradeThat("packed").out, HasSubstr("3 unchanged"));
}

TEST_F(ClassArchive, IsMoodles) {
  MustDo(
      "mkdir m; a() { mkdir -p \"m/$1\"; echo \"m/$1\"; }\n"
      "cp class/anna/main.sh \"$(a 'Anna Puig_101_assignsubmission_file_')\"\n"
      "(cd class/joan && zip -q \"../../$(cd ../..; a 'Joan Mas_102_assignsubmission_file_')"
      "/feina.zip\" main.sh)\n"
      "cp class/mar/main.sh \"$(a 'Màrius Ot_103_assignsubmission_file_')\"\n"
      "(cd m && zip -qr ../moodle.zip .)");
  const Ran ran = GradeThat("moodle.zip");
  EXPECT_THAT(ran.out, HasSubstr(kThree)) << ran.err;
  EXPECT_EQ(Marks(), (json{{"Anna Puig", 3.0}, {"Joan Mas", 1.0}, {"Màrius Ot", 3.0}}));
  EXPECT_THAT(GradeThat("m").out, HasSubstr(kUnchanged));
}

TEST_F(ClassArchive, IsGradescopes) {
  MustDo(
      "mkdir export; cp -r class/anna export/submission_7; cp -r class/joan "
      "export/submission_8; cp -r class/mar export/submission_9");
  (void)folder_.Write("export/submission_metadata.yml",
                      "submission_7:\n  :submitters:\n  - :name: Anna\n    :sid: u1\n"
                      "submission_8:\n  :submitters:\n  - :name: Joan\n    :sid: u2\n"
                      "submission_9:\n  :submitters:\n  - :name: Mar\n    :sid: u3\n");
  MustDo("zip -qr assignment_1_export.zip export; (cd export && zip -qr ../flat.zip .)");
  EXPECT_THAT(GradeThat("assignment_1_export.zip").out, HasSubstr(kThree));
  EXPECT_EQ(Marks(), (json{{"u1", 3.0}, {"u2", 1.0}, {"u3", 3.0}}));
  EXPECT_THAT(GradeThat("flat.zip").out, HasSubstr(kUnchanged));
  EXPECT_THAT(GradeThat("export").out, HasSubstr(kUnchanged));
}

// When it was handed in is what the archive says: a due date goes by it.
TEST_F(ClassArchive, KnowsWhenItWasHandedIn) {
  MustDo("touch -d 2020-03-01T12:00Z class/*/main.sh; tar czf class.tgz class");
  (void)GradeThat("class.tgz");
  EXPECT_EQ(Do("sqlite3 gradebook.db 'select distinct submitted from attempt'").out,
            "1583064000\n");
}

// One student's harm is hers alone.
TEST_F(ClassArchive, RefusesWhatOnePacked) {
  MustDo(
      "mkdir class/pau class/quim class/rut; ln -s /etc/passwd class/pau/main.sh\n"
      "truncate -s 200M class/quim/main.sh; mkfifo class/rut/main.sh\n"
      "tar czf class.tgz class");
  const Ran ran = GradeThat("class.tgz");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("3 graded, 2 of them passed; 0 unchanged; 3 refused"));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("class.tgz/pau/main.sh: a symbolic link"),
                             HasSubstr("class.tgz/quim/main.sh: larger than 4 MiB"),
                             HasSubstr("class.tgz/rut/main.sh: a socket or a device"),
                             Not(HasSubstr(".plumbline-private-"))));
}

TEST_F(ClassArchive, TellsWhatIsBroken) {
  const auto told = [&](const std::string& name) {
    const Ran ran = GradeThat(name);
    EXPECT_EQ(ran.status, 2) << name << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(name)) << "where";
    EXPECT_THAT(ran.err, HasSubstr("\n  ")) << "what to do";
    return ran.err;
  };
  MustDo(
      "zip -qr class.zip class; head -c 300 class.zip >half.zip; : >empty.zip\n"
      "tar cf none.tar -T /dev/null; zip -qr -P secret locked.zip class\n"
      "tar cPf out.tar --transform 's,class/anna,../../anna,' class/anna/main.sh");
  (void)folder_.Write("text.zip", "This is no archive.\n");
  EXPECT_THAT(told("text.zip"), HasSubstr("the archive cannot be read"));
  EXPECT_THAT(told("half.zip"), HasSubstr("the archive cannot be read"));
  EXPECT_THAT(told("empty.zip"), HasSubstr("plumbline: empty.zip: "));
  EXPECT_THAT(told("none.tar"), HasSubstr("there is nothing in it"));
  EXPECT_THAT(told("locked.zip"), HasSubstr("behind a password"));
  EXPECT_THAT(told("out.tar"), HasSubstr("leads out of the archive"));
  EXPECT_THAT(Left(), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "gradebook.db"));
  MustDo("mv tmp kept");
  const Ran nowhere = GradeThat("class.zip");
  EXPECT_EQ(nowhere.status, 3);
  EXPECT_THAT(nowhere.err, HasSubstr("TMPDIR"));
}

TEST_F(ClassArchive, TakesARosterFromAPipe) {
  MustDo("zip -qr class.zip class");
  const Ran ran = GradeThat("class.zip", "--roster <(printf 'id,name\\nu1,Anna\\nu2,Joan\\n')");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("mar: nobody of that name in the roster"));
  EXPECT_EQ(Marks(), (json{{"u1", 3.0}, {"u2", 1.0}}));
}

// Who is interrupted removes what it unpacked, and who is killed has it removed by the next.
TEST_F(ClassArchive, LeavesNothing) {
  for (int i = 0; i < 40; ++i)
    Hand("s" + std::to_string(i) + "/main.sh", "# " + std::to_string(i) + "\n" + kRight);
  MustDo("zip -qr class.zip class");
  const auto killed_by = [&](const std::string& signal) {
    return Do(
        "set -m; export TMPDIR=$PWD/tmp\n"
        "$P grade --exercise three --submissions class.zip --gradebook " +
        signal + ".db & while n=$(sqlite3 " + signal +
        ".db 'select count(*) from result' 2>/dev/null); "
        "[ \"${n:-0}\" -eq 0 ]; do kill -0 $! 2>/dev/null || break; done; kill -" +
        signal + " $!; wait $!");
  };
  EXPECT_EQ(killed_by("INT").status, 130);
  EXPECT_THAT(Left(), IsEmpty());
  EXPECT_EQ(killed_by("KILL").status, 137);
  EXPECT_THAT(Left(), HasSubstr(".plumbline-private-"));
  MustDo(
      "mkdir tmp/.plumbline-private-other; exec {lock}<tmp/.plumbline-private-other; flock $lock\n"
      "TMPDIR=$PWD/tmp $P grade --exercise three --submissions class.zip");
  EXPECT_EQ(Left(), ".plumbline-private-other\n") << "somebody is at work there";
  EXPECT_THAT(GradeThat("class").out, HasSubstr("43 unchanged"));
  EXPECT_THAT(Left(), IsEmpty());
}

}  // namespace
}  // namespace plumbline::e2e

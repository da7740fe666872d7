// SPDX-License-Identifier: MIT
// A class whose work is in git repositories, from a list of them to its marks.
#include <gmock/gmock.h>

#include "repository.h"

namespace plumbline::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ClassRepositories : public Repositories {
 protected:
  // A repository with one commit.
  void Make(const std::string& name, const std::string& text) const {
    (void)folder_.Write(name + "/main.sh", text);
    MustDo("git init -q " + name + "; handed " + name);
  }
  Ran Grade(const std::string& list, const std::string& more = "") const {
    (void)folder_.Write("class.csv", list);
    return Do(more + " $P grade --exercise three --submissions class.csv");
  }
  json Marks() const {
    json marks;
    const json book = json::parse(Do("$P gradebook --json").out);
    for (const json& student : book.at("students"))
      marks[student.at("id").get<std::string>()] = student.at("marks").at("three").at("points");
    return marks;
  }
  std::string Left() const { return Do("ls -A tmp").out; }
};

TEST_F(ClassRepositories, IsGraded) {
  Make("anna", kRight);
  Make("joan", kHalf);
  Make("mar", std::string("# mar\n") + kRight);
  const std::string list = "student,repository\n# the class\nanna,anna\njoan,file://" +
                           (folder_.path() / "joan").string() + "\nmar,./mar/.git,main\n";
  const Ran first = Grade(list);
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_THAT(first.out,
              HasSubstr("3 graded, 2 of them passed; 0 unchanged; 0 refused; 0 in error"));
  EXPECT_EQ(Marks(), (json{{"anna", 3.0}, {"joan", 1.0}, {"mar", 3.0}}));
  EXPECT_EQ(Do("sqlite3 gradebook.db \"select source from attempt where student = 'anna'\"").out,
            Do("echo \"$(pwd -P)/anna@$(git -C anna rev-parse HEAD)\"").out);
  EXPECT_THAT(Grade(list).out, HasSubstr("0 graded, 0 of them passed; 3 unchanged"));
  (void)folder_.Write("joan/main.sh", kRight);
  MustDo("handed joan");
  EXPECT_THAT(Grade(list).out, HasSubstr("1 graded, 1 of them passed; 2 unchanged"));
  EXPECT_THAT(Left(), IsEmpty());
  MustDo("mkdir folder; cp -r anna joan mar folder");
  EXPECT_THAT(Do("$P grade --exercise three --submissions folder").out, HasSubstr("3 unchanged"))
      << "a clone is the same";
}

TEST_F(ClassRepositories, MayNameABranchOrACommit) {
  Make("anna", kRight);
  MustDo(
      "cd anna; first=$(git rev-parse HEAD); git tag -a -m x v1\n"
      "git update-ref refs/heads/-rf HEAD; echo 'exit 4' >main.sh; handed .\n"
      "cd ..; for what in -rf $first refs/tags/v1; do echo \"s$what,anna,$what\"; done >rows");
  const Ran ran = Grade("last,anna\n" + Do("cat rows").out);
  EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("4 graded, 3 of them passed"));
  EXPECT_EQ(Marks().at("last"), 0.0);
}

// A due date goes by when it was committed.
TEST_F(ClassRepositories, KnowsWhenItWasHandedIn) {
  (void)folder_.Write("anna/main.sh", kRight);
  MustDo("git init -q anna; GIT_COMMITTER_DATE=2020-03-01T12:00Z handed anna");
  (void)Grade("anna,anna\n");
  EXPECT_EQ(Do("sqlite3 gradebook.db 'select submitted from attempt'").out, "1583064000\n");
}

// What cannot be fetched is an error of that one: told, no zero, and tried again.
TEST_F(ClassRepositories, CostsOneAlone) {
  Make("anna", kRight);
  MustDo("git init -q empty");
  const std::string list =
      "anna,anna\nmissing,none\nbranch,anna,other\nempty,empty\n"
      "option,--upload-pack=touch $T/ran\nhelper,ext::sh -c 'touch ran'\n"
      "helper2,\"fd::17\"\nhost,-oProxyCommand=touch:x\ncommit,anna," +
      std::string(40, '0') + "\nclosed,http://127.0.0.1:1/x\n";
  const Ran ran = Grade(list);
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("1 graded, 1 of them passed; 0 unchanged; 0 refused; 9 in error"),
                    HasSubstr("error: missing, three: "), HasSubstr("/none: "),
                    HasSubstr("error: branch, three: "), HasSubstr("refs/heads/other"),
                    HasSubstr("error: empty, three: "), HasSubstr("'ext' not allowed"),
                    HasSubstr("git ls-remote ADDRESS tells"), Not(HasSubstr("/tmp/plumbline-c"))));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "ran"));
  EXPECT_EQ(Marks().at("anna"), 3.0);
  EXPECT_EQ(Marks().at("missing"), nullptr);
  Make("none", kRight);
  const Ran again = Grade("anna,anna\nmissing,none\n");
  EXPECT_EQ(again.status, 0) << again.out;
  EXPECT_EQ(Marks().at("missing"), 3.0);
  EXPECT_THAT(Left(), IsEmpty());
}

// Neither what is in a repository, nor how it is set up, nor what the teacher set up for her own.
TEST_F(ClassRepositories, RunsNothing) {
  Make("anna", kRight);
  MustDo(
      "mkdir hooks\n"
      "for hook in post-checkout reference-transaction post-merge post-index-change\n"
      "do printf '#!/bin/sh\\ntouch \"%s/ran-$(basename $0)\"\\n' \"$T\" >hooks/$hook; done\n"
      "chmod +x hooks/*; cp hooks/* anna/.git/hooks/\n"
      "git config -f global core.hooksPath \"$T/hooks\"\n"
      "git config -f global filter.evil.smudge \"touch '$T/ran-smudge'; cat\"\n"
      "git config -f global filter.evil.required true\n"
      "git config -f global core.askPass \"touch '$T/ran-ask'\"\n"
      "git config -f global core.fsmonitor \"touch '$T/ran-monitor'\"\n"
      "git config -f global init.templateDir \"$T/template\"\n"
      "mkdir -p template/hooks; cp hooks/* template/hooks\n"
      "git -C anna config uploadpack.packObjectsHook \"touch '$T/ran-pack'; false\"\n"
      "cd anna\n"
      "printf '*.sh filter=evil ident eol=crlf export-subst\\nmain.sh export-ignore\\n' "
      ">.gitattributes\n"
      "printf '[submodule \"s\"]\\n path = s\\n url = ext::sh -c touch%% ran\\n' >.gitmodules\n"
      "git add -A; git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),s\n"
      "git commit -q -m work; rm -f \"$T\"/ran-*");
  (void)Do("GIT_CONFIG_GLOBAL=$T/global git clone -q anna clone");
  EXPECT_THAT(Do("ls").out, AllOf(HasSubstr("ran-smudge"), HasSubstr("ran-post-checkout")))
      << "a clone does run them";
  MustDo("rm ran-*");
  const Ran ran = Grade("anna,anna\n", "GIT_CONFIG_GLOBAL=$T/global");
  EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("1 graded, 1 of them passed"));
  EXPECT_EQ(Do("ls | grep ran-").out, "");
}

TEST_F(ClassRepositories, FollowsNoLink) {
  Make("anna", kRight);
  MustDo("git init -q joan; ln -s /etc/passwd joan/main.sh; handed joan");
  const Ran ran = Grade("anna,anna\njoan,joan\n");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("1 graded, 1 of them passed; 0 unchanged; 1 refused"),
                             HasSubstr("/main.sh: a symbolic link"), HasSubstr("/joan@")));
}

TEST_F(ClassRepositories, MayHaveAFolderOfEachExercise) {
  WriteExercise("four", "");
  Make("anna/three", kRight);
  MustDo(
      "rm -rf anna/three/.git; mkdir anna/four; cp anna/three/main.sh anna/four\n"
      "git init -q anna; handed anna");
  const Ran ran =
      Do("$P grade --exercise three four --submissions <(echo Anna,anna) "
         "--roster <(printf 'id,name\\nu1,Anna\\n')");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("2 graded, 2 of them passed"));
  EXPECT_EQ(Marks(), (json{{"u1", 3.0}}));
}

TEST_F(ClassRepositories, TellsWhatIsWrongInTheList) {
  const auto told = [&](const std::string& list, const std::string& more = "") {
    const Ran ran = Grade(list, more);
    EXPECT_EQ(ran.status, 2) << list;
    EXPECT_THAT(ran.err, HasSubstr("class.csv")) << "where";
    EXPECT_THAT(ran.err, HasSubstr("\n  ")) << "what to do";
    return ran.err;
  };
  EXPECT_THAT(told("anna\n"), HasSubstr("class.csv: line 1: there is no repository of 'anna'"));
  EXPECT_THAT(told("anna,x\n#\nanna,y\n"), HasSubstr("line 3: 'anna' is there already, in line 1"));
  EXPECT_THAT(told("anna,x,a:b\n"), HasSubstr("line 1: 'a:b' is no name of a branch"));
  EXPECT_THAT(told(""), HasSubstr("there is no repository in it"));
  EXPECT_THAT(told("anna,anna\n", "PATH=$T/none"), HasSubstr("apt install git"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "gradebook.db"));
}

// A git that never ends: what it made goes when the command is interrupted, and it goes too.
TEST_F(ClassRepositories, LeavesNothingWhenInterrupted) {
  (void)folder_.Write("bin/git",
                      "#!/bin/bash\nmkdir \"${@: -1}\"\necho $$ >\"$T/began\"\n"
                      "exec sleep infinity\n");
  MustDo("chmod +x bin/git; mkfifo began");
  const Ran ran =
      Do("echo anna,anna >class.csv; set -m\n"
         "PATH=$T/bin:$PATH $P grade --exercise three --submissions class.csv &\n"
         "read pid <began; ls -A tmp; kill -INT $!; wait $!; status=$?\n"
         "kill -0 $pid 2>/dev/null && echo it lives; exit $status");
  EXPECT_EQ(ran.status, 130) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr(".plumbline-private-"), Not(HasSubstr("it lives"))));
  EXPECT_THAT(Left(), IsEmpty());
}

}  // namespace
}  // namespace plumbline::e2e

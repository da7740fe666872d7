// SPDX-License-Identifier: MIT
#include "gradebook/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::gradebook {
namespace {

using ::testing::HasSubstr;

TEST(Roster, KnowsTheColumnsOfOthers) {
  const auto plain = ParseRoster("name,ID,section\nAnna Puig,u1,A\n");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->front(), (Student{"u1", "Anna Puig", "", "A"}));
  const auto gradescope = ParseRoster("First Name,Last Name,SID,Email\nAnna,Puig,u1,a@x\n");
  ASSERT_TRUE(gradescope);
  EXPECT_EQ(gradescope->front(), (Student{"u1", "Anna Puig", "a@x", ""}));
}

TEST(Roster, MayBeCanvassGradebook) {
  const auto roster = ParseRoster(
      "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
      "Anna Puig,501,u1,anna@x,A\nJoan,502,,joan,B\n");
  ASSERT_TRUE(roster) << roster.error().message;
  ASSERT_EQ(roster->size(), 2U);
  EXPECT_EQ(roster->at(0).id, "u1");
  EXPECT_EQ(roster->at(0).email, "anna@x");
  EXPECT_EQ(roster->at(1).id, "joan");
  EXPECT_EQ(roster->at(1).email, "");
}

TEST(Roster, MayHaveSemicolons) {
  const auto roster = ParseRoster("id;nom\nu1;Puig, Anna\n");
  ASSERT_TRUE(roster) << roster.error().message;
  EXPECT_EQ(roster->at(0).name, "Puig, Anna");
}

TEST(Roster, TellsWhatIsWrong) {
  EXPECT_THAT(ParseRoster("").error().message, HasSubstr("empty"));
  EXPECT_THAT(ParseRoster("name\nAnna\n").error().message, HasSubstr("no column"));
  EXPECT_THAT(ParseRoster("id\nu1\nu1\n").error().message,
              HasSubstr("student 2 of the roster has the id 'u1' of another one"));
  EXPECT_THAT(ParseRoster("id,name\n,Anna\n").error().message, HasSubstr("has no id"));
}

TEST(Roster, FindsAStudentByWhateverNamesHer) {
  const std::vector<Student> roster{
      {"u1", "Anna Puig", "anna@x", ""}, {"u2", "Joan  Mas", "", ""}, {"u3", "joan mas", "", ""}};
  EXPECT_EQ(FindStudent(roster, "u1")->id, "u1");
  EXPECT_EQ(FindStudent(roster, "ANNA_PUIG")->id, "u1");
  EXPECT_EQ(FindStudent(roster, "anna@X")->id, "u1");
  EXPECT_FALSE(FindStudent(roster, "Joan Mas")) << "two have that name";
  EXPECT_FALSE(FindStudent(roster, "u4"));
}

}  // namespace
}  // namespace plumbline::gradebook

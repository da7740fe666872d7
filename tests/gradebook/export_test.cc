// SPDX-License-Identifier: MIT
#include "gradebook/export.h"

#include <gmock/gmock.h>

#include "sample_book.h"

namespace plumbline::gradebook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Export : public SampleBook {
 protected:
  gradebook::Book All(int points = 7) const {
    Gradebook book = Filled(points);
    return *ReadBook(book);
  }
};

TEST_F(Export, IsPlainCsv) {
  EXPECT_EQ(ToCsv(All()),
            "id,name,email,section,pipes\r\nu1,Anna Puig,anna@x,A,7\r\nu2,'=cmd,,,\r\n");
}

TEST_F(Export, IsCanvass) {
  EXPECT_EQ(ToCanvas(All()),
            "Student,ID,SIS User ID,SIS Login ID,Section,Pipes\r\n"
            "Points Possible,,,,,10\r\n"
            "Anna Puig,,u1,anna@x,A,7\r\n"
            "'=cmd,,u2,,,\r\n");
}

TEST_F(Export, FillsMoodlesWorksheet) {
  std::vector<std::string> unknown;
  const auto filled =
      ToMoodle(All(), "pipes",
               "Identifier,Full name,Email address,Grade,Maximum grade,Feedback comments\n"
               "Participant 1,Anna Puig,anna@x,,\"100,00\",\n"
               "Participant 2,Nobody,n@x,,\"100,00\",\n",
               unknown);
  ASSERT_TRUE(filled) << filled.error().message;
  EXPECT_THAT(*filled, HasSubstr("Participant 1,Anna Puig,anna@x,70,\"100,00\","));
  EXPECT_THAT(*filled, HasSubstr("Participant 2,Nobody,n@x,,\"100,00\","));
  EXPECT_THAT(unknown, ElementsAre("Nobody"));
}

TEST_F(Export, LeavesMoodlesOtherCellsAlone) {
  std::vector<std::string> unknown;
  const auto filled = ToMoodle(
      All(), "pipes", "Full name;Grade;Feedback\nAnna Puig;;- nothing\nNobody;-;=1\n", unknown);
  ASSERT_TRUE(filled) << filled.error().message;
  EXPECT_EQ(*filled, "Full name;Grade;Feedback\r\nAnna Puig;7;- nothing\r\nNobody;-;=1\r\n");
}

TEST_F(Export, FillsCanvassGradebook) {
  std::vector<std::string> unknown;
  const auto filled =
      ToCanvas(All(),
               "Student,ID,SIS User ID,SIS Login ID,Section,Pipes (4711),Other (2)\n"
               "    Points Possible,,,,,10,5\n"
               "\"Puig, Anna\",501,u1,anna@x,A,,3\nNobody,502,u9,n@x,A,,\n",
               unknown);
  ASSERT_TRUE(filled) << filled.error().message;
  EXPECT_EQ(*filled,
            "Student,ID,SIS User ID,SIS Login ID,Section,Pipes (4711),Other (2)\r\n"
            "    Points Possible,,,,,10,5\r\n"
            "\"Puig, Anna\",501,u1,anna@x,A,7,3\r\nNobody,502,u9,n@x,A,,\r\n");
  EXPECT_THAT(unknown, ElementsAre("Nobody"));
  unknown.clear();
  const auto fresh =
      ToCanvas(All(), "Student,ID,SIS User ID\nPoints Possible,,\nA,1,u1\n", unknown);
  EXPECT_EQ(*fresh, "Student,ID,SIS User ID,Pipes\r\nPoints Possible,,,10\r\nA,1,u1,7\r\n");
  EXPECT_THAT(ToCanvas(All(), "a,b\n", unknown).error().message,
              HasSubstr("no gradebook of Canvas"));
}

TEST_F(Export, TellsEqualTitlesApart) {
  Gradebook book = Filled();
  ASSERT_TRUE(book.PutExercise("tubes", "Pipes", 5));
  EXPECT_THAT(ToCanvas(*ReadBook(book)), HasSubstr("Section,Pipes [pipes],Pipes [tubes]\r\n"));
}

TEST_F(Export, FillsItInOtherLanguages) {
  std::vector<std::string> unknown;
  const auto filled =
      ToMoodle(All(), "pipes", "Identificador,Nom complet,Qualificació\nP1,anna puig,\n", unknown);
  ASSERT_TRUE(filled) << filled.error().message;
  EXPECT_THAT(*filled, HasSubstr("P1,anna puig,7\r\n"));
}

TEST_F(Export, RefusesWhatIsNoWorksheet) {
  std::vector<std::string> unknown;
  EXPECT_THAT(ToMoodle(All(), "pipes", "a,b\n1,2\n", unknown).error().message,
              HasSubstr("no column for the grade"));
  EXPECT_THAT(ToMoodle(All(), "fork", "a\n", unknown).error().message,
              HasSubstr("no exercise 'fork'"));
}

TEST(Points, HaveTwoDecimalsAtMost) {
  EXPECT_EQ(PointsText(7), "7");
  EXPECT_EQ(PointsText(7.5), "7.5");
  EXPECT_EQ(PointsText(20.0 / 3), "6.67");
}

}  // namespace
}  // namespace plumbline::gradebook

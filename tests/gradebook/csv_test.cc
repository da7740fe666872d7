// SPDX-License-Identifier: MIT
#include "gradebook/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::gradebook {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Csv, IsReadAsSpreadsheetsWriteIt) {
  const auto rows =
      ParseCsv("\xef\xbb\xbfid,name\r\n1,\"Puig, Anna\"\r\n\r\n2,\"a \"\"b\"\"\nc\"\n3,");
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_THAT(*rows, ElementsAre(ElementsAre("id", "name"), ElementsAre("1", "Puig, Anna"),
                                 ElementsAre("2", "a \"b\"\nc"), ElementsAre("3", "")));
}

TEST(Csv, TellsWhereItIsWrong) {
  const auto open = ParseCsv("a,b\n1,\"x\n");
  ASSERT_FALSE(open);
  EXPECT_THAT(open.error().message, HasSubstr("line 2: a quote that is never closed"));
  const auto within = ParseCsv("a\nb\"c\n");
  ASSERT_FALSE(within);
  EXPECT_THAT(within.error().message, HasSubstr("line 2: a quote within"));
  EXPECT_FALSE(ParseCsv("\"a\"b\n"));
}

TEST(Csv, KeepsFormulasHarmless) {
  EXPECT_EQ(CsvLine({"=1+1", "+1", "-1.5", "@x", "\tx", "a=b", "-x"}),
            "'=1+1,'+1,-1.5,'@x,'\tx,a=b,'-x\r\n");
  EXPECT_EQ(CsvLine({"a,b", "say \"hi\"", "two\nlines", "=A1,B1"}),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"'=A1,B1\"\r\n");
}

TEST(Csv, KnowsOtherSignsOfFormulas) {
  EXPECT_EQ(Harmless("\n=1"), "'\n=1");
  EXPECT_EQ(Harmless("\uff1d1"), "'\uff1d1");
  // Read by who takes semicolons for the ends of fields, it is one field all the same.
  EXPECT_EQ(CsvLine({"Anna;=1+1"}), "\"Anna;=1+1\"\r\n");
  EXPECT_EQ(PlainCsvLine({"-", "a;b", "a,b"}, ';'), "-;\"a;b\";\"a,b\"\r\n");
}

TEST(Csv, MayHaveSemicolons) {
  EXPECT_EQ(SeparatorOf("id;name,first\n1;a\n"), ',');
  EXPECT_EQ(SeparatorOf("id;name\n1,2,3\n"), ';');
  EXPECT_EQ(SeparatorOf(""), ',');
  EXPECT_THAT(*ParseCsv("id;name\n1;a,b\n", ';'),
              ElementsAre(ElementsAre("id", "name"), ElementsAre("1", "a,b")));
}

TEST(Csv, IsReadAgain) {
  const Row row{"a,b", "\"", "x\ny", "", "plain"};
  const auto rows = ParseCsv(CsvLine(row));
  ASSERT_TRUE(rows);
  EXPECT_THAT(*rows, ElementsAre(row));
}

}  // namespace
}  // namespace plumbline::gradebook

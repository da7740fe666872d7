// SPDX-License-Identifier: MIT
#include "record/instead.h"

#include "evaluate/words.h"
#include "tests/support/judging.h"

namespace plumbline::evaluate {
namespace {

TEST(InsteadInWords, IsASentenceOfItsOwnForEachPhrase) {
  for (const char* phrase : record::instead::kAll) EXPECT_EQ(InsteadInWords(phrase).id, phrase);
}

TEST(InsteadInWords, IsTheSameInEachLanguageForBytesAndErrors) {
  EXPECT_EQ(testing::Said(InsteadInWords("EACCES")), "EACCES");
  EXPECT_EQ(testing::Said(InsteadInWords("\"a\n\"")), "\"a\\n\"");
  EXPECT_EQ(InsteadInWords("\"end of file\"").id, "{text}");
}

}  // namespace
}  // namespace plumbline::evaluate

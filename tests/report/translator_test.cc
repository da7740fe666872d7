// SPDX-License-Identifier: MIT
#include "report/translator.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/io.h"
#include "tests/report/sample.h"

namespace plumbline::testing {
namespace {

using evaluate::Message;
using evaluate::Msg;
using report::Translator;
using ::testing::HasSubstr;

Message YourProgram() { return Msg("your program (process {pid})", {{"pid", 2}}); }
Message Program(const std::string& name) { return Msg("{program}", {{"program", name}}); }

TEST(Translator, TellsEnglishAsItIs) {
  EXPECT_EQ(In("en").Tell(Msg("{who} sleeps.", {{"who", "cat"}})), "cat sleeps.");
  EXPECT_EQ(In("en").Tell({}), "");
}

TEST(Translator, TranslatesSentencesAndTheWordsInThem) {
  const Message message = Msg("{who} sleeps.", {{"who", YourProgram()}});
  EXPECT_EQ(In("en").Tell(message), "Your program (process 2) sleeps.");
  EXPECT_EQ(In("ca").Tell(message), "El teu programa (procés 2) dorm.");
  EXPECT_EQ(In("es").Tell(message), "Tu programa (proceso 2) duerme.");
}

TEST(Translator, BeginsSentencesWithACapitalAndNothingElse) {
  const Message either =
      Msg("{first} or {second}", {{"first", Msg("caught")}, {"second", Msg("blocked")}});
  EXPECT_EQ(In("en").Tell(Msg("At '{snapshot}' {signal} should be {states} in {who}.",
                              {{"snapshot", "ready"},
                               {"signal", "SIGUSR1"},
                               {"states", either},
                               {"who", YourProgram()}})),
            "At 'ready' SIGUSR1 should be caught or blocked in your program (process 2).");
  const Message sleeps = Msg("{who} sleeps.", {{"who", YourProgram()}});
  EXPECT_EQ(
      In("en").Tell(Msg("Nor was it done the other way that counts: {other}", {{"other", sleeps}})),
      "Nor was it done the other way that counts: your program (process 2) sleeps.");
  EXPECT_EQ(In("en").Tell(
                Msg("'{who}' was never started. {reason}", {{"who", "again"}, {"reason", sleeps}})),
            "'again' was never started. Your program (process 2) sleeps.");
}

TEST(Translator, LeavesNamesAsTheyAre) {
  EXPECT_EQ(In("ca").Tell(Msg("{who} sleeps.", {{"who", Program("sort")}})), "sort dorm.");
}

TEST(Translator, JoinsPrepositionsWithArticles) {
  const Message end =
      Msg("The newline at the end of {text} is missing.", {{"text", YourProgram()}});
  EXPECT_EQ(In("ca").Tell(end), "Falta el salt de línia al final del teu programa (procés 2).");
  const Message terminal =
      Msg("The newline at the end of {text} is missing.", {{"text", Msg("the terminal")}});
  EXPECT_EQ(In("es").Tell(terminal), "Falta el salto de línea al final del terminal.");
  const Message nothing = Msg("There is nothing in {text}.", {{"text", Msg("the terminal")}});
  EXPECT_EQ(In("ca").Tell(nothing), "No hi ha res al terminal.");
}

TEST(Translator, ElidesBeforeAVowelInCatalanOnly) {
  const Message pipe = Msg("the pipe from {writer} to {reader}",
                           {{"writer", Program("echo")}, {"reader", Program("cat")}});
  EXPECT_EQ(In("ca").Tell(pipe), "la pipe d'echo a cat");
  EXPECT_EQ(In("es").Tell(pipe), "la tubería de echo a cat");
}

TEST(Translator, NeverTakesAnArgumentForAKeyOrAPlaceholder) {
  const Message message = Msg("Got: {got}", {{"got", "passed {got} {who}"}});
  EXPECT_EQ(In("ca").Tell(message), "Ha sortit: passed {got} {who}");
}

TEST(Translator, KeepsBracesThatNameNothing) {
  EXPECT_EQ(In("en").Tell(Msg("a {b} {", {})), "a {b} {");
}

TEST(Translator, TellsInEnglishWhatHasNoTranslation) {
  EXPECT_EQ(In("ca").Tell(Message{"no such sentence {n}", {{"n", 1}}}), "no such sentence 1");
}

TEST(Translator, IsEnglishForOtherLanguagesAndWithoutACatalogue) {
  EXPECT_EQ(In("fr").lang(), "en");
  const Translator without("ca", {"/nowhere"});
  EXPECT_EQ(without.lang(), "ca");
  EXPECT_EQ(without.Tell(Msg("passed")), "passed");
}

TEST(Translator, IsEnglishWhereTheCatalogueIsBroken) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("plumbline-translator-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "ca/LC_MESSAGES");
  std::ofstream(folder / "ca/LC_MESSAGES/plumbline.mo") << "this is no catalogue at all";
  const Translator translator("ca", {folder});
  EXPECT_EQ(translator.Tell(Msg("passed")), "passed");
  std::filesystem::remove_all(folder);
}

TEST(Catalogue, IsNoneIfAnyByteIsMissing) {
  const auto whole =
      ReadFile(std::filesystem::path(PLUMBLINE_LOCALE) / "ca/LC_MESSAGES/plumbline.mo");
  ASSERT_TRUE(whole);
  const auto catalogue = report::Catalogue::FromMo(*whole);
  ASSERT_TRUE(catalogue);
  EXPECT_EQ(catalogue->Find("passed"), "superada");
  EXPECT_EQ(catalogue->Find("no such sentence"), "");
  // Each text ends with a NUL that is not counted.
  for (size_t size = 0; size + 1 < whole->size(); size += 7)
    EXPECT_FALSE(report::Catalogue::FromMo(std::string_view(*whole).substr(0, size))) << size;
  // Its magic number, revision, count, and where its tables are.
  for (const size_t at : {0, 6, 11, 15, 19}) {
    std::string broken = *whole;
    broken[at] = '\x7f';
    EXPECT_FALSE(report::Catalogue::FromMo(broken)) << at;
  }
}

TEST(Translator, TakesTheFirstFolderThatHasTheCatalogue) {
  const Translator translator("es", {"/nowhere", PLUMBLINE_LOCALE});
  EXPECT_EQ(translator.Tell(Msg("failed")), "fallada");
}

TEST(Translator, CanBeMoved) {
  Translator one("ca", {PLUMBLINE_LOCALE});
  const Translator other = std::move(one);
  EXPECT_EQ(other.Tell(Msg("passed")), "superada");
}

TEST(CatalogueFolders, AreBesideTheProgram) {
  const auto folders = report::CatalogueFolders("/opt/plumbline/bin/plumbline");
  EXPECT_THAT(folders, ::testing::Contains("/opt/plumbline/share/locale"));
  EXPECT_THAT(report::CatalogueFolders("/build/src/cli/plumbline"),
              ::testing::Contains("/build/locale"));
}

// Sets the locale's variables for one test.
class Locale : public ::testing::Test {
 protected:
  static void Set(const char* name, const char* value) {
    if (value == nullptr)
      ::unsetenv(name);
    else
      ::setenv(name, value, 1);
  }
  void SetUp() override {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      const char* value = std::getenv(name);
      former_[name] = value == nullptr ? std::nullopt : std::optional<std::string>(value);
      Set(name, nullptr);
    }
  }
  void TearDown() override {
    for (const auto& [name, value] : former_) Set(name.c_str(), value ? value->c_str() : nullptr);
  }

 private:
  std::map<std::string, std::optional<std::string>> former_;
};

TEST_F(Locale, ChoosesWhatIsWanted) {
  Set("LANG", "es_ES.UTF-8");
  EXPECT_EQ(report::ChooseLanguage("ca"), "ca");
  EXPECT_EQ(report::ChooseLanguage("xx"), "en");
}

TEST_F(Locale, ChoosesTheFirstVariableThatIsSet) {
  EXPECT_EQ(report::ChooseLanguage(""), "en");
  Set("LANG", "ca_ES.UTF-8");
  EXPECT_EQ(report::ChooseLanguage(""), "ca");
  Set("LC_MESSAGES", "es");
  EXPECT_EQ(report::ChooseLanguage(""), "es");
  Set("LC_ALL", "C.UTF-8");
  EXPECT_EQ(report::ChooseLanguage(""), "en");
  Set("LC_ALL", "");
  EXPECT_EQ(report::ChooseLanguage(""), "es");
}

}  // namespace
}  // namespace plumbline::testing

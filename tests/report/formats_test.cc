// SPDX-License-Identifier: MIT
// Whether the formats are what their readers take: formats_test.py and formats_test.mjs, on the
// golden files.
#include "report/formats.h"
#include "report/markdown.h"

#include "base/text.h"
#include "report/json.h"
#include "report/markup.h"
#include "report/page_files.h"
#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace plumbline::testing {
namespace {

using report::Around;
using report::GradeDocument;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Audience = report::ReportOptions::Audience;

const std::map<std::string, std::string>& Environment() {
  static const std::map<std::string, std::string> all{{"CLASSROOM", "so-2026"},
                                                      {"ASSIGNMENT", "pipe-chain"},
                                                      {"SUBMISSION_TAG", "submit/7"},
                                                      {"COMMIT_URL", "https://example.org/c/1"},
                                                      {"RELEASE_URL", "https://example.org/r/1"},
                                                      {"VPL_GRADEMAX", "10"},
                                                      {"VPL_GRADEMIN", "0"}};
  return all;
}

Around SomeDay() {
  return {.now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 26) + std::chrono::hours(9),
          .token = "plumbline-0123456789abcdef",
          .folder = "lab1",
          .environment = Environment()};
}

GradeDocument Document(const Sample& sample, const std::string& lang = "en",
                       Audience audience = Audience::kStudent) {
  return report::DocumentOf(sample.Grade(), "0.1.0", {.lang = lang, .audience = audience},
                            In(lang));
}

// The page's own style and scripts would change every golden file with each change of theirs.
std::string WithoutPage(std::string text) {
  for (const std::string_view part : {report::kPageCss, report::kPageScript}) {
    const size_t at = text.find(part);
    if (at != std::string::npos) text.replace(at, part.size(), "(left out)\n");
  }
  return text;
}

Result<std::string> Made(const std::string& format, const GradeDocument& grade,
                         const Around& around = SomeDay(), const Sample& sample = {}) {
  const report::Translator translator = In(grade.lang);
  const report::ReportOptions options{.lang = grade.lang, .audience = grade.audience};
  return report::FormatNamed(format)->make(
      {grade, sample.exercise, sample.recordings, sample.sources, options, translator, around});
}

std::string MadeWithin(size_t most, const GradeDocument& grade) {
  const report::Translator translator = In(grade.lang);
  const report::ReportOptions options{.lang = grade.lang, .audience = grade.audience};
  const Sample sample;
  const Around around = SomeDay();
  return report::MarkdownWithin(
      {grade, sample.exercise, sample.recordings, sample.sources, options, translator, around},
      most);
}

// Everything that means something to a terminal, a runner or a parser.
std::string Hostile(const std::string& word) {
  return word + "\x1b]0;t\x07\xe2\x80\xae\xff" + std::string(1, '\0') +
         "]]><b onload=x>&'\"\n::error::x\n::stop-commands::x\n##[error]x\n```\n~~~\n<!--\n"
         "--|>\nGrade :=>> 10\nComment :=>> x\nok 1\n# SKIP\nBail out!\n  ...\n---\n"
         "%0A::error::x [a](http://x.example) ![i](x) @who #1 |a|b| https://x.example *e* \\";
}

GradeDocument HostileDocument() {
  GradeDocument grade;
  grade.version = "0.1.0";
  grade.exercise = Hostile("exercise");
  grade.title = Hostile("title");
  grade.language = "c";
  grade.points = 1;
  grade.max_points = 4;
  grade.isolation = "A";
  grade.submission.files = {Hostile("file")};
  grade.build.command = Hostile("gcc");
  grade.build.diagnostics = {{Hostile("main.c"), 1, 2, "error", Hostile("expected")},
                             {"main.c", 3, 0, Hostile("warning"), Hostile("unused")}};
  auto& scenario = grade.scenarios.emplace_back();
  scenario.name = Hostile("scenario");
  scenario.runs = 1;
  scenario.outcome = record::Outcome::kError;
  scenario.hidden = false;
  scenario.error = Hostile("error");
  int number = 0;
  for (const auto verdict : {evaluate::Verdict::kPassed, evaluate::Verdict::kFailed,
                             evaluate::Verdict::kNotReached, evaluate::Verdict::kError}) {
    auto& check = grade.checks.emplace_back();
    check.id = Hostile("check" + std::to_string(++number));
    check.title = Hostile("title");
    check.verdict = verdict;
    check.points = verdict == evaluate::Verdict::kPassed ? 1 : 0;
    check.max_points = 1;
    if (verdict == evaluate::Verdict::kPassed) continue;
    check.findings = {{.code = Hostile("code"),
                       .what = Hostile("what"),
                       .evidence = {Hostile("evidence"), Hostile("more")},
                       .why = Hostile("why"),
                       .next = Hostile("next"),
                       .location = Location{Hostile("main.c"), 3, Hostile("main")}}};
    check.hints = {Hostile("hint")};
  }
  return grade;
}

struct Kind {
  std::string format;
  std::string ending;
};
const Kind kKinds[] = {{"html", "html"},
                       {"markdown", "md"},
                       {"junit", "junit.xml"},
                       {"github", "github.txt"},
                       {"classroom50", "classroom50.json"},
                       {"gradescope", "gradescope.json"},
                       {"vpl", "vpl.txt"},
                       {"tap", "tap"},
                       {"ctrf", "ctrf.json"}};

void ExpectGolden(const std::string& name, const GradeDocument& grade, const Sample& sample = {}) {
  for (const Kind& kind : kKinds) {
    if (kind.format == "classroom50" && !grade.points) continue;
    const auto text = Made(kind.format, grade, SomeDay(), sample);
    ASSERT_TRUE(text) << kind.format << ": " << text.error().ToString();
    const std::string kept = WithoutPage(*text);
    EXPECT_EQ(kept, Golden("report/formats/" + name + "." + kind.ending, kept));
  }
}

TEST(Formats, AreAsTheyMustBe) {
  ExpectGolden("hang.en", Document(HangingSample()), HangingSample());
  ExpectGolden("hang.ca", Document(HangingSample(), "ca"));
  ExpectGolden("hang.es", Document(HangingSample(), "es"));
  ExpectGolden("hang.teacher", Document(HangingSample(), "en", Audience::kTeacher));
  ExpectGolden("passed", Document(PassingSample()));
  ExpectGolden("not-built", Document(UnbuiltSample()));
  ExpectGolden("error", Document(FailedSample()));
}

// A student is given the first; the next ones come one by one, by `plumbline hint`.
TEST(Formats, GiveStudentsTheFirstHintAlone) {
  const GradeDocument student = Document(HangingSample());
  const GradeDocument teacher = Document(HangingSample(), "en", Audience::kTeacher);
  const std::string first = "Draw three boxes and two pipes";
  const std::string second = "Who still has the second one open";
  for (const report::Format& format : report::Formats()) {
    const std::string name(format.name);
    EXPECT_THAT(*Made(name, student), Not(HasSubstr(second))) << name;
    const std::string all = *Made(name, teacher);
    if (all.find(first) == std::string::npos) continue;  // tells no hint at all
    EXPECT_THAT(all, HasSubstr(second)) << name;
    EXPECT_THAT(*Made(name, student), HasSubstr(first)) << name;
    if (name != "json") {
      EXPECT_THAT(*Made(name, student), HasSubstr("1 more: plumbline hint")) << name;
    }
  }
}

// Of a hidden scenario nothing is told.
TEST(Formats, ThePageTellsWhatARunWasGiven) {
  const Sample sample = HangingSample();
  const std::string secret = "only-the-teacher-knows";
  const std::string page = *Made("html", Document(sample), SomeDay(), sample);
  EXPECT_THAT(page, AllOf(HasSubstr("-n 'two words'"), HasSubstr("paraules.txt"),
                          HasSubstr("no newline"), Not(HasSubstr(secret))));
  EXPECT_THAT(*Made("html", Document(sample, "en", Audience::kTeacher), SomeDay(), sample),
              HasSubstr(secret));
}

TEST(Formats, TakeWhateverASubmissionSays) {
  const GradeDocument grade = HostileDocument();
  ExpectGolden("hostile", grade);
  for (const report::Format& format : report::Formats()) {
    const auto text = Made(std::string(format.name), grade);
    ASSERT_TRUE(text) << format.name;
    EXPECT_TRUE(IsUtf8(*text)) << format.name;
    EXPECT_EQ(text->find('\x1b'), std::string::npos) << format.name;
    EXPECT_EQ(text->find('\0'), std::string::npos) << format.name;
    EXPECT_EQ(text->find('\x07'), std::string::npos) << format.name;
    if (format.name == "json") continue;  // keeps what there was, as escapes of JSON or UTF-8
    EXPECT_EQ(text->find("\xe2\x80\xae"), std::string::npos) << format.name;
  }
}

TEST(Formats, AreListedOnce) {
  std::set<std::string_view> names;
  for (const report::Format& format : report::Formats()) {
    EXPECT_TRUE(names.insert(format.name).second);
    EXPECT_FALSE(format.summary.empty());
    EXPECT_EQ(report::FormatNamed(format.name), &format);
  }
  EXPECT_EQ(report::FormatNamed("pdf"), nullptr);
  EXPECT_THAT(report::NamesOfFormats(), HasSubstr("terminal, json, "));
}

TEST(Formats, ComeOutTheSameOfTheJsonDocument) {
  for (const GradeDocument& grade :
       {Document(HangingSample(), "ca"), Document(UnbuiltSample()), Document(FailedSample()),
        Document(PerturbedSample(), "es", Audience::kTeacher)}) {
    const auto read = report::GradeFromJson(report::ToJson(grade));
    ASSERT_TRUE(read) << read.error().message;
    for (const report::Format& format : report::Formats()) {
      const std::string name(format.name);
      if (name == "classroom50" && !grade.points) continue;
      EXPECT_EQ(Made(name, *read).value(), Made(name, grade).value()) << name;
    }
  }
}

TEST(GithubReport, FencesWhatASubmissionWrote) {
  const std::string text = Made("github", Document(HangingSample())).value();
  EXPECT_TRUE(text.starts_with("::stop-commands::plumbline-0123456789abcdef\n"));
  EXPECT_THAT(text, HasSubstr("\n::plumbline-0123456789abcdef::\n::error file=lab1/main.c,line=15,"
                              "title=no-spare-ends%3A Nobody keeps a spare pipe end::"));
}

TEST(GithubReport, MakesNoMoreAnnotationsThanAreShown) {
  GradeDocument grade = Document(UnbuiltSample());
  grade.build.diagnostics.assign(30, {"main.c", 1, 1, "error", "x"});
  const std::string text = Made("github", grade).value();
  size_t count = 0;
  for (const std::string_view line : Lines(text)) count += line.starts_with("::error ") ? 1 : 0;
  EXPECT_EQ(count, 10U);
}

std::vector<std::string> Annotations(const GradeDocument& grade) {
  std::vector<std::string> found;
  const std::string text = Made("github", grade).value();
  for (const std::string_view line : Lines(text)) {
    if (line.starts_with("::error ") || line.starts_with("::warning ")) found.emplace_back(line);
  }
  return found;
}

TEST(GithubReport, TellsABuildThatFailsAtNoLine) {
  GradeDocument grade = Document(UnbuiltSample());
  grade.checks.clear();
  grade.build.diagnostics = {{"", 0, 0, "error", "ld: cannot find -lfoo"}};
  EXPECT_THAT(
      Annotations(grade),
      ElementsAre(AllOf(StartsWith("::error title=build::Your program could not be built.%0A"),
                        HasSubstr("ld: cannot find -lfoo"))));
  grade.build.diagnostics.push_back({"main.c", 7, 1, "warning", "unused"});
  EXPECT_EQ(Annotations(grade).size(), 2U);
  grade.build.diagnostics.push_back({"main.c", 9, 1, "error", "expected ';'"});
  EXPECT_THAT(Annotations(grade), ElementsAre(HasSubstr("line=7,"),
                                              "::error file=lab1/main.c,line=9,title=error::"
                                              "expected ';'"));
}

TEST(GithubReport, TellsACheckThatIsCalledBuild) {
  GradeDocument grade = Document(HangingSample());
  grade.checks = {grade.checks[1]};
  grade.checks[0].id = "build";
  EXPECT_THAT(Annotations(grade), ElementsAre(HasSubstr("title=build%3A Nobody keeps a spare")));
  grade.build.ok = false;
  grade.build.diagnostics = {{"main.c", 9, 1, "error", "expected ';'"}};
  EXPECT_THAT(Annotations(grade), ElementsAre(HasSubstr("line=9,title=error::"),
                                              HasSubstr("title=build%3A Nobody keeps a spare")));
}

TEST(GithubReport, NeedsAToken) {
  Around around = SomeDay();
  around.token.clear();
  EXPECT_FALSE(Made("github", Document(PassingSample()), around));
}

TEST(Classroom50Report, SaysWhichVariableIsMissing) {
  Around around = SomeDay();
  around.environment.erase("ASSIGNMENT");
  const auto report = Made("classroom50", Document(PassingSample()), around);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "classroom50: ASSIGNMENT is not set");
}

// More points than the sum: those that read a document may refuse them.
TEST(Formats, TellWhatABonusEarned) {
  Sample sample = PassingSample();
  sample.Add("more", 1, "usage", {ClauseOf("processes.exit").With("status", spec::Range{1, 1})})
      .bonus = true;
  const GradeDocument grade = Document(sample);
  ASSERT_EQ(grade.points, 3);
  ASSERT_EQ(grade.max_points, 2);
  for (const std::string format : {"classroom50", "gradescope"}) {
    const std::string text = Made(format, grade).value();
    EXPECT_EQ(text, Golden("report/formats/bonus." + format + ".json", text));
  }
}

TEST(Classroom50Report, GivesNoGradeWhereThereIsNone) {
  const auto report = Made("classroom50", Document(FailedSample()));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("there is no grade"));
}

TEST(VplReport, GivesPointsWhereTheScaleIsUnknown) {
  Around around = SomeDay();
  EXPECT_THAT(Made("vpl", Document(HangingSample()), around).value(),
              HasSubstr("\nGrade :=>> 3.75\n"));
  around.environment = {{"VPL_GRADEMAX", "a lot"}};
  EXPECT_THAT(Made("vpl", Document(HangingSample()), around).value(),
              HasSubstr("\nGrade :=>> 3\n"));
  EXPECT_THAT(Made("vpl", Document(FailedSample())).value(), Not(HasSubstr("Grade")));
}

TEST(VplReport, KeepsThePointsOfATitleOfSeveralLines) {
  GradeDocument grade = Document(PassingSample());
  grade.checks[0].title = "It ends\nwith 1";
  EXPECT_THAT(Made("vpl", grade).value(), HasSubstr("\n-passed: status: It ends with 1 (2/2)\n"));
}

TEST(MarkdownReport, DrawsTheRunThatLost) {
  const Sample sample = LostChainSample();
  const std::string lost = Made("markdown", Document(sample), SomeDay(), sample).value();
  EXPECT_THAT(lost, HasSubstr("✗"));
  Sample right = sample;
  right.recordings["counts"].pop_back();
  const std::string other = Made("markdown", Document(sample), SomeDay(), right).value();
  EXPECT_THAT(other, AllOf(HasSubstr("mermaid"), Not(HasSubstr("✗"))));
}

TEST(MarkdownReport, SaysWhatDidNotFit) {
  GradeDocument grade = Document(HangingSample());
  const GradeDocument::Check lost =
      *std::ranges::find(grade.checks, evaluate::Verdict::kFailed, &GradeDocument::Check::verdict);
  for (int i = 0; i < 200; ++i) grade.checks.push_back(lost);
  const std::string whole = Made("markdown", grade).value();
  for (const size_t most : {whole.size() - 1, whole.size() / 2, size_t{1000}, size_t{100}}) {
    const std::string cut = MadeWithin(most, grade);
    EXPECT_LE(cut.size(), most);
    EXPECT_THAT(cut, StartsWith("## "));
    EXPECT_EQ(cut.find("more did not fit here") != std::string::npos, most >= 1000) << cut;
  }
  EXPECT_EQ(MadeWithin(whole.size() + 512, grade), whole);
  EXPECT_EQ(MadeWithin(10, grade), "");
}

TEST(MarkdownReport, DrawsProcessesOfTheRunThatLost) {
  const Sample sample = LostChildSample();
  const auto teacher = Document(sample, "en", Audience::kTeacher);
  EXPECT_THAT(Made("markdown", teacher, SomeDay(), sample).value(), HasSubstr("sequenceDiagram"));
}

TEST(GradescopeReport, HasNoScoreWhereThereIsNoGrade) {
  EXPECT_THAT(Made("gradescope", Document(FailedSample())).value(), Not(HasSubstr("score\"")));
}

TEST(Formats, TellStudentsNothingOfWhatAHiddenCheckFound) {
  const GradeDocument student = Document(HangingSample());
  const GradeDocument teacher = Document(HangingSample(), "en", Audience::kTeacher);
  for (const Kind& kind : kKinds) {
    if (kind.format == "classroom50") continue;  // tells no findings at all
    EXPECT_THAT(Made(kind.format, student).value(), Not(HasSubstr("status should be 2")));
    EXPECT_THAT(Made(kind.format, teacher).value(), HasSubstr("status should be 2"));
  }
}

TEST(HtmlReport, RunsNoScriptButItsOwn) {
  const std::string text = Made("html", HostileDocument()).value();
  size_t scripts = 0;
  for (size_t at = text.find("<script"); at != std::string::npos; at = text.find("<script", at + 1))
    ++scripts;
  EXPECT_EQ(scripts, 2U);  // the drawings' numbers and what draws them
  EXPECT_THAT(text, HasSubstr("script-src 'nonce-plumbline-0123456789abcdef'"));
  EXPECT_THAT(text, Not(HasSubstr("<b onload")));
  Around around = SomeDay();
  around.token.clear();
  EXPECT_FALSE(Made("html", Document(PassingSample()), around));
}

TEST(HtmlReport, ShowsNothingOfAHiddenScenario) {
  const Sample sample = HangingSample();
  const std::string student = Made("html", Document(sample), SomeDay(), sample).value();
  EXPECT_THAT(student, HasSubstr("\"scenario\":\"counts\""));
  EXPECT_THAT(student, Not(HasSubstr("\"scenario\":\"usage\"")));
  EXPECT_THAT(student, HasSubstr("data-scenario=\"counts\""));
  EXPECT_THAT(student, Not(HasSubstr("data-scenario=\"usage\"")));
  const std::string teacher =
      Made("html", Document(sample, "en", Audience::kTeacher), SomeDay(), sample).value();
  EXPECT_THAT(teacher, HasSubstr("\"scenario\":\"usage\""));
  EXPECT_THAT(teacher, HasSubstr("data-scenario=\"usage\""));
}

TEST(HtmlReport, HasNoRunsWhereAllAreHidden) {
  Sample sample = HangingSample();
  for (spec::Check& check : sample.exercise.checks) check.hidden = true;
  EXPECT_THAT(Made("html", Document(sample), SomeDay(), sample).value(),
              Not(HasSubstr("id=\"runs\"")));
}

TEST(HtmlReport, MarksTheRunThatLost) {
  const Sample sample = LostChainSample();
  EXPECT_THAT(Made("html", Document(sample), SomeDay(), sample).value(),
              AllOf(HasSubstr("{\"scenario\":\"counts\",\"perturbation\":\"\",\"drawn\":false,"),
                    HasSubstr("\"perturbation\":\"interruptions\",\"drawn\":true,")));
}

TEST(HtmlReport, SaysThatALongComparisonIsCut) {
  const Sample sample = HangingSample();
  GradeDocument grade = Document(sample);
  grade.checks[1].findings[0].comparison = evaluate::Comparison{
      .line = 1, .expected = std::vector<std::string>(41, "a\\n"), .got = {"b\\n"}, .cut = false};
  EXPECT_THAT(Made("html", grade).value(), HasSubstr("only the beginning is kept"));
}

TEST(HtmlReport, PutsWhatWasFoundAtItsLine) {
  Sample sample = HangingSample();
  std::string source = "#include <a>\n\tint x;\xff\n";
  for (int i = 3; i < 20; ++i) source += "line " + std::to_string(i) + "\n";
  sample.sources = {{"main.c", source}, {"other.c", "<script>\n"}};
  const std::string text = Made("html", Document(sample), SomeDay(), sample).value();
  EXPECT_THAT(text, HasSubstr("<a href=\"#file-0-line-15\">main.c:15, in main()</a>"));
  EXPECT_THAT(text, HasSubstr("<li id=\"file-0-line-15\" class=\"noted\"><code>line 15</code><div "
                              "class=\"note failed\"><strong>no-spare-ends</strong> Your program"));
  EXPECT_THAT(text, HasSubstr("<code>        int x;\\xff</code>"));
  EXPECT_THAT(text, HasSubstr("<code>&lt;script&gt;</code>"));
}

TEST(Markup, EscapesXml) {
  EXPECT_EQ(report::XmlText("<a b=\"c\">&'"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
  EXPECT_EQ(report::XmlText("a\x01z\xff\xef\xbf\xbe\n\t"), "a\ufffdz\ufffd\ufffd\n\t");
}

TEST(Markup, EscapesMarkdown) {
  EXPECT_EQ(report::MarkdownText("*a* <b> [c](http://d) #1 @e"),
            "\\*a\\* &lt;b&gt; \\[c\\](http&#58;//d) &#35;1 &#64;e");
  EXPECT_EQ(report::MarkdownText("12. a. - WWW.x\n- b"), "12\\. a. - WWW\\.x - b");
  EXPECT_EQ(report::MarkdownText("- a"), "\\- a");
  EXPECT_EQ(report::MarkdownBlock("a\n````\nb"), "`````\na\n````\nb\n`````\n");
}

}  // namespace
}  // namespace plumbline::testing

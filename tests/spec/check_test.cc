// SPDX-License-Identifier: MIT
// The keys of a check, its scenarios, and what its kinds take.
#include <csignal>

#include "reading.h"

namespace plumbline::spec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Scenarios with a snapshot, a connection, a process of their own, a terminal.
const char* const kScenarios = R"(
  plain: {steps: [{snapshot: running}, {snapshot: later}, {await: exit}]}
  served: {steps: [{snapshot: running}, {connect: {as: a, port: 7}}, {connect: {as: c, port: 7, count: 3}}]}
  again: {steps: [{await: exit}, {start: {as: second}}, {snapshot: back}]}
  shown: {terminal: true}
  turns: {like: plain, under: [interleavings]}
)";

Check GoodCheck(const std::string& body) {
  const Exercise exercise = Good({.scenarios = kScenarios, .checks = "[{id: c, " + body + "}]"});
  return exercise.checks.empty() ? Check{} : exercise.checks[0];
}
std::vector<std::string> CheckCodes(const std::string& body) {
  return Codes({.scenarios = kScenarios, .checks = "[{id: c, " + body + "}]"});
}
// The parameters of a check's one clause.
Params GoodParams(const std::string& body) {
  const Check check = GoodCheck(body);
  EXPECT_THAT(check.requirements, SizeIs(1));
  return check.requirements.empty() ? Params{} : std::get<Clause>(check.requirements[0]).params;
}

TEST(Check, HasDefaults) {
  const Check check = GoodCheck("processes.exit: {}");
  EXPECT_EQ(check.id, "c");
  EXPECT_EQ(check.points, 1);
  EXPECT_THAT(check.title, IsEmpty());
  EXPECT_THAT(check.hints, IsEmpty());
  EXPECT_THAT(check.needs, IsEmpty());
  EXPECT_THAT(check.languages, IsEmpty());
  EXPECT_FALSE(check.gate || check.bonus || check.hidden);
}

TEST(Check, TakesEveryKey) {
  const Exercise exercise =
      Good({.scenarios = kScenarios,
            .checks = "[{id: b, processes.left: {}}, {id: c, points: 3, title: {en: T},"
                      " hint: [{en: one}, {es: dos}], languages: [c], scenario: [plain, turns],"
                      " needs: b, gate: true, bonus: true, hidden: until-graded,"
                      " processes.exit: {}}]"});
  const Check& check = exercise.checks[1];
  EXPECT_EQ(check.points, 3);
  EXPECT_EQ(In(check.title, "ca"), "T");
  EXPECT_THAT(check.hints, ElementsAre(Localized{{"en", "one"}}, Localized{{"es", "dos"}}));
  EXPECT_THAT(check.languages, ElementsAre("c"));
  EXPECT_THAT(check.scenarios, ElementsAre("plain", "turns"));
  EXPECT_THAT(check.needs, ElementsAre("b"));
  EXPECT_TRUE(check.gate && check.bonus && check.hidden);
  EXPECT_GT(check.mark.line, 1);
}

TEST(Check, MayHaveSeveralKindsInTheirOrder) {
  const Check check = GoodCheck("processes.left: {}, processes.exit: {status: 3}");
  ASSERT_THAT(check.requirements, SizeIs(2));
  EXPECT_EQ(std::get<Clause>(check.requirements[0]).kind, "processes.left");
  EXPECT_EQ(std::get<Clause>(check.requirements[1]).kind, "processes.exit");
}

TEST(Check, MayHaveAlternatives) {
  const Check check = GoodCheck(
      "any_of: [{processes.exit: {status: 1}}, {processes.exit: {killed_by: PIPE},"
      " processes.left: {}}]");
  ASSERT_THAT(check.requirements, SizeIs(1));
  const auto& alternatives = std::get<AnyOf>(check.requirements[0]).alternatives;
  ASSERT_THAT(alternatives, SizeIs(2));
  EXPECT_THAT(alternatives[0], SizeIs(1));
  EXPECT_THAT(alternatives[1], SizeIs(2));
  EXPECT_EQ(alternatives[1][1].kind, "processes.left");
}

TEST(Check, IsAboutSomething) {
  EXPECT_THAT(CheckCodes("points: 1"), ElementsAre("empty-check"));
  EXPECT_THAT(CheckCodes("any_of: []"), ElementsAre("empty-list"));
  EXPECT_THAT(CheckCodes("any_of: [{}]"), ElementsAre("empty-check"));
  EXPECT_THAT(CheckCodes("processes.exit: "), ElementsAre("wrong-type"));
  EXPECT_THAT(CheckCodes("processes.exot: {}"), ElementsAre("unknown-kind"));
  EXPECT_THAT(CheckCodes("any_of: [{process.exit: {}}]"), ElementsAre("unknown-kind"));
  EXPECT_THAT(Codes({.checks = "[]"}), ElementsAre("empty-list"));
  EXPECT_THAT(Codes({.checks = "[{processes.exit: {}}]"}), ElementsAre("missing-key"));
}

TEST(CheckKeys, AreWellFormed) {
  const auto codes = [](const std::string& key) {
    return CheckCodes(key + ", processes.exit: {}");
  };
  EXPECT_THAT(codes("points: 0"), ElementsAre("out-of-range"));
  EXPECT_THAT(codes("points: \"3\""), ElementsAre("wrong-type"));
  EXPECT_THAT(codes("points: 017"), ElementsAre("leading-zero"));
  EXPECT_THAT(codes("points: 1.5"), ElementsAre("wrong-type"));
  EXPECT_THAT(codes("gate: yes"), ElementsAre("wrong-type"));
  EXPECT_THAT(codes("hidden: true"), ElementsAre("unknown-word"));
  EXPECT_THAT(codes("needs: nothing"), ElementsAre("unknown-check"));
  EXPECT_THAT(codes("needs: c"), ElementsAre("needs-cycle"));
  EXPECT_THAT(codes("scenario: plan"), ElementsAre("unknown-scenario"));
  EXPECT_THAT(codes("scenario: [plain, plain]"), ElementsAre("duplicate-item"));
  EXPECT_THAT(codes("languages: [cpp]"), ElementsAre("foreign-language"));
  EXPECT_THAT(codes("title: {en: One, then two}"), ElementsAre("comma-in-text"));
  EXPECT_THAT(codes("title: {}"), ElementsAre("empty-map"));
  EXPECT_THAT(codes("title: {fr: Un}"), ElementsAre("unknown-key"));
  EXPECT_THAT(codes("hint: []"), ElementsAre("empty-list"));
  EXPECT_THAT(codes("point: 3"), ElementsAre("unknown-key"));
}

TEST(Checks, HaveIdsOfTheirOwn) {
  EXPECT_THAT(Codes({.checks = "[{id: c, processes.left: {}}, {id: c, processes.exit: {}}]"}),
              ElementsAre("duplicate-id"));
}

TEST(Checks, DoNotNeedEachOther) {
  EXPECT_THAT(Codes({.checks = "[{id: a, needs: b, processes.left: {}},"
                               " {id: b, needs: [c], processes.left: {}},"
                               " {id: c, needs: a, processes.left: {}}]"}),
              ElementsAre("needs-cycle"));
  EXPECT_THAT(Codes({.checks = "[{id: a, needs: [b, c], processes.left: {}},"
                               " {id: b, needs: c, processes.left: {}},"
                               " {id: c, processes.left: {}}]"}),
              IsEmpty());
}

TEST(Checks, CanReachThePassingPoints) {
  const std::string checks =
      "[{id: a, points: 2, processes.left: {}},"
      " {id: b, points: 5, bonus: true, processes.left: {}}]";
  EXPECT_THAT(Codes({.checks = checks, .more = "passing: 2\n"}), IsEmpty());
  EXPECT_THAT(Codes({.checks = checks, .more = "passing: 3\n"}),
              ElementsAre("passing-unreachable"));
}

TEST(Dubious, NamesRunsAndSnapshotsThatNothingIsJudgedBy) {
  const Exercise exercise = Good(
      {.scenarios = "{a: {steps: [snapshot: one, snapshot: two, snapshot: three, snapshot: four]},"
                    " b: {like: a}, c: {}}",
       .checks = "[{id: c, scenario: [a, b], any_of: [{processes.state: {at: one}}],"
                 " resources.idle: {between: [start, two]}, fds.leaked: {at: four}}]"});
  std::vector<std::string> codes;
  for (const Diagnostic& note : Dubious(exercise, graders::KindTables(), "x.yaml"))
    codes.push_back(note.code + " " + std::to_string(note.mark.column));
  EXPECT_THAT(codes, ElementsAre("unused-snapshot 55", "unused-scenario 104"));
  EXPECT_THAT(Dubious(Good({}), graders::KindTables(), "x.yaml"), IsEmpty());
}

// --- Which scenarios

TEST(ScenariosOfACheck, AreAllThatAreNotPerturbed) {
  EXPECT_THAT(GoodCheck("processes.exit: {}").scenarios,
              ElementsAre("plain", "served", "again", "shown"));
}

TEST(ScenariosOfACheck, HaveWhatItNames) {
  EXPECT_THAT(GoodCheck("processes.state: {at: running}").scenarios,
              ElementsAre("plain", "served"));
  EXPECT_THAT(GoodCheck("processes.state: {at: start}").scenarios, SizeIs(4));
  EXPECT_THAT(GoodCheck("output.text: {of: a.received, empty: true}").scenarios,
              ElementsAre("served"));
  EXPECT_THAT(GoodCheck("output.text: {of: c3.received, empty: true}").scenarios,
              ElementsAre("served"));
  EXPECT_THAT(GoodCheck("sockets.ended: {of: c, is: closed}").scenarios, ElementsAre("served"));
  EXPECT_THAT(GoodCheck("processes.exit: {who: second}").scenarios, ElementsAre("again"));
  EXPECT_THAT(GoodCheck("output.text: {of: second.stderr, empty: true}").scenarios,
              ElementsAre("again"));
  EXPECT_THAT(GoodCheck("output.text: {of: terminal, empty: true}").scenarios,
              ElementsAre("shown"));
  EXPECT_THAT(GoodCheck("fds.open: {table: {0: a}}").scenarios, ElementsAre("served"));
  EXPECT_THAT(GoodCheck("fds.wired: {edges: [\"a -> submission.0\"]}").scenarios,
              ElementsAre("served"));
  EXPECT_THAT(GoodCheck("output.text: {equals: \"{a.client}\"}").scenarios, ElementsAre("served"));
  EXPECT_THAT(GoodCheck("output.text: {equals: \"{second.pid}\"}").scenarios, ElementsAre("again"));
}

TEST(ScenariosOfACheck, AreToldWhereNoneIsLeft) {
  EXPECT_THAT(CheckCodes("processes.state: {at: back}, output.text: {of: a.received, empty: true}"),
              ElementsAre("no-scenario"));
  EXPECT_THAT(Codes({.scenarios = "{turns: {under: [signals]}}"}), ElementsAre("no-scenario"));
}

TEST(ScenariosOfACheck, AreHeldAgainstWhatItNames) {
  EXPECT_THAT(CheckCodes("scenario: again, processes.state: {at: running}"),
              ElementsAre("not-in-scenario"));
  EXPECT_THAT(CheckCodes("scenario: [plain, served], output.text: {of: a.received, empty: true}"),
              ElementsAre("not-in-scenario"));
  EXPECT_THAT(CheckCodes("scenario: plain, output.text: {of: terminal, empty: true}"),
              ElementsAre("not-in-scenario"));
}

TEST(NamesInACheck, AreDeclaredSomewhere) {
  EXPECT_THAT(CheckCodes("processes.state: {at: runing}"), ElementsAre("unknown-snapshot"));
  EXPECT_THAT(CheckCodes("output.text: {of: b.received, empty: true}"),
              ElementsAre("unknown-stream"));
  EXPECT_THAT(CheckCodes("output.text: {of: stdout, empty: true}"), ElementsAre("unknown-stream"));
  EXPECT_THAT(CheckCodes("sockets.ended: {of: b, is: closed}"), ElementsAre("unknown-channel"));
  EXPECT_THAT(CheckCodes("output.text: {equals: \"{b.client}\"}"),
              ElementsAre("unknown-placeholder"));
  EXPECT_THAT(CheckCodes("output.text: {equals: \"{n}\"}"), ElementsAre("unknown-placeholder"));
  EXPECT_THAT(CheckCodes("output.text: {of: c.received, equals: \"{n}\"}"), IsEmpty());
  EXPECT_THAT(CheckCodes("output.text: {matches: '{b.client}'}"),
              ElementsAre("unknown-placeholder"));
  EXPECT_THAT(CheckCodes("output.text: {matches: '{n}'}"), ElementsAre("unknown-placeholder"));
  EXPECT_THAT(CheckCodes("output.text: {of: c.received, matches: '{n}\\d{2}'}"), IsEmpty());
  EXPECT_THAT(CheckCodes("output.text: {equals: \"{{b.client}\"}"), IsEmpty());
  EXPECT_THAT(CheckCodes("processes.exit: {who: secondd}"), ElementsAre("near-miss"));
  EXPECT_THAT(CheckCodes("processes.exit: {who: submision}"), ElementsAre("near-miss"));
  EXPECT_THAT(CheckCodes("processes.exit: {who: a}"), ElementsAre("not-a-process"));
  EXPECT_THAT(CheckCodes("processes.exit: {who: seq}"), IsEmpty());
  EXPECT_THAT(CheckCodes("fds.open: {table: {0: sockett}}"), ElementsAre("near-miss"));
  EXPECT_THAT(CheckCodes("fds.open: {table: {0: ./sockett, 1: carta.txt}}"), IsEmpty());
}

// --- Parameters

TEST(Parameters, HaveTheDefaultsOfTheirTable) {
  const Params params = GoodParams("processes.state: {}");
  EXPECT_EQ(params.Get<std::string>("at"), "end");
  EXPECT_THAT(TextsOf(params.Get<WhoList>("who")), ElementsAre("submission"));
  EXPECT_EQ(params.Get<Range>("count"), (Range{1, std::nullopt}));
  EXPECT_THAT(params.Get<std::vector<std::string>>("is"), ElementsAre("alive"));
}

TEST(Parameters, OfRivalsHaveNoDefault) {
  EXPECT_EQ(GoodParams("processes.exit: {}").Get<Range>("status"), (Range{0, 0}));
  const Params killed = GoodParams("processes.exit: {killed_by: KILL}");
  EXPECT_FALSE(killed.Has("status"));
  EXPECT_THAT(killed.Get<SignalSet>("killed_by").numbers, ElementsAre(SIGKILL));
  EXPECT_THAT(CheckCodes("processes.exit: {status: 1, killed_by: KILL}"),
              ElementsAre("conflicting-keys"));
}

TEST(Parameters, KeepTheirPlace) {
  const Check check = GoodCheck("processes.exit: {status: 3}");
  const auto& clause = std::get<Clause>(check.requirements[0]);
  EXPECT_EQ(clause.params.all().at("status").mark.line, clause.mark.line);
  EXPECT_EQ(clause.params.all().at("status").mark.column, clause.mark.column + 25);
}

TEST(Parameters, NeedOneClaimOfATextAtLeast) {
  EXPECT_THAT(CheckCodes("output.text: {}"), ElementsAre("missing-key"));
  EXPECT_THAT(CheckCodes("output.text: {equal: x}"), ElementsAre("unknown-key"));
  EXPECT_THAT(CheckCodes("output.text: {unordered: true}"),
              testing::UnorderedElementsAre("missing-key", "misplaced-key"));
  EXPECT_THAT(CheckCodes("output.text: {lines: [a], unordered: true, lacks: b}"), IsEmpty());
  EXPECT_THAT(CheckCodes("files.state: {path: p}"), ElementsAre("missing-key"));
  EXPECT_THAT(CheckCodes("sockets.listening: {}"), ElementsAre("missing-key"));
}

TEST(Parameters, ArePairsOfSnapshotsInTheirOrder) {
  EXPECT_THAT(GoodParams("resources.idle: {between: [running, later]}")
                  .Get<std::vector<std::string>>("between"),
              ElementsAre("running", "later"));
  EXPECT_THAT(CheckCodes("resources.idle: {between: [start, end]}"), IsEmpty());
  EXPECT_THAT(CheckCodes("resources.idle: {between: [later, running]}"), ElementsAre("not-a-pair"));
  EXPECT_THAT(CheckCodes("resources.idle: {between: [later, later]}"), ElementsAre("not-a-pair"));
  EXPECT_THAT(CheckCodes("resources.idle: {between: [end, later]}"), ElementsAre("not-a-pair"));
  EXPECT_THAT(CheckCodes("resources.idle: {between: [later]}"), ElementsAre("not-a-pair"));
  EXPECT_THAT(CheckCodes("resources.idle: {between: later}"), ElementsAre("wrong-type"));
}

// --- Each type of parameter, in a kind that has them all.

KindTable AllTypes() {
  using P = ParamType;
  const std::vector<Choice> choices{{"red", "Red."}, {"blue", "Blue."}};
  return {.name = "all.types",
          .doc = "Has a parameter of each type.",
          .params = {{"bool", P::kBool},
                     {"call", P::kCall},
                     {"result", P::kCallResult},
                     {.name = "choice", .type = P::kChoice, .choices = choices},
                     {.name = "choices", .type = P::kChoices, .choices = choices},
                     {"connection", P::kConnection},
                     {"count", P::kCount},
                     {"duration", P::kDuration},
                     {"size", P::kSize},
                     {"count_or_size", P::kCountOrSize},
                     {"edge", P::kEdge},
                     {"edges", P::kEdges},
                     {"fd_table", P::kFdTable},
                     {"globs", P::kGlobs},
                     {"argv", P::kArgv},
                     {"string_map", P::kStringMap},
                     {"string_list", P::kStringList},
                     {"mode", P::kMode},
                     {"order", P::kOrder},
                     {"path", P::kPath},
                     {"program", P::kProgramPath},
                     {"ports", P::kPorts},
                     {"range", P::kRange},
                     {"size_range", P::kSizeRange},
                     {"regex", P::kRegex},
                     {"signal", P::kSignal},
                     {"signals", P::kSignals},
                     {"snapshot", P::kSnapshot},
                     {"pair", P::kSnapshotPair},
                     {"stream", P::kStream},
                     {"channel", P::kStreamOrChannel},
                     {"streams", P::kStreams},
                     {"string", P::kString},
                     {"text", P::kText},
                     {"lines", P::kTextLines},
                     {"tree", P::kTree},
                     {"who", P::kWho}},
          .findings = {{"none", "There is none."}}};
}

LoadResult ReadTyped(const std::string& param) {
  const std::vector<KindTable> kinds{AllTypes()};
  std::string text =
      TextOf({.scenarios = kScenarios, .checks = "[{id: c, all.types: {" + param + "}}]"});
  text.replace(text.find("pipes"), 5, "all");
  return LoadText(text, "x.yaml", testing::TempDir(), kinds);
}

template <typename T>
T Typed(const std::string& name, const std::string& value) {
  const LoadResult loaded = ReadTyped(name + ": " + value);
  EXPECT_TRUE(loaded.ok()) << AllOf(loaded);
  if (!loaded.ok()) return {};
  const auto& clause = std::get<Clause>(loaded.exercise.checks[0].requirements[0]);
  const T* found = clause.params.Find<T>(name);
  EXPECT_NE(found, nullptr) << name;
  return found == nullptr ? T{} : *found;
}
std::vector<std::string> TypedCodes(const std::string& name, const std::string& value) {
  std::vector<std::string> codes;
  for (const Diagnostic& d : ReadTyped(name + ": " + value).diagnostics) codes.push_back(d.code);
  return codes;
}

using Strings = std::vector<std::string>;

TEST(ParamTypes, Scalars) {
  EXPECT_TRUE(Typed<bool>("bool", "true"));
  EXPECT_FALSE(Typed<bool>("bool", "False"));
  EXPECT_EQ(Typed<int64_t>("count", "3"), 3);
  EXPECT_EQ(Typed<Duration>("duration", "0s"), Duration(0));
  EXPECT_EQ(Typed<Bytes>("size", "2KiB"), KiB(2));
  EXPECT_EQ(Typed<int64_t>("count_or_size", "3"), 3);
  EXPECT_EQ(Typed<int64_t>("count_or_size", "3KiB"), 3072);
  EXPECT_EQ(Typed<int64_t>("mode", "\"0600\""), 0600);
  EXPECT_EQ(Typed<std::string>("string", "\"a {cwd}\""), "a {cwd}");
  EXPECT_EQ(Typed<std::string>("path", "a*"), "a*");
  EXPECT_EQ(Typed<std::string>("regex", "'\\d+\\n'"), "\\d+\\n");
  EXPECT_EQ(Typed<Range>("range", "..4"), (Range{0, 4}));
  EXPECT_EQ(Typed<Range>("range", "2"), (Range{2, 2}));
  EXPECT_EQ(Typed<Range>("size_range", "64KiB.."), (Range{65536, std::nullopt}));
  EXPECT_EQ(Typed<Range>("size_range", "1B..2B"), (Range{1, 2}));
  EXPECT_EQ(Typed<Range>("size_range", "5B"), (Range{5, 5}));
}

TEST(ParamTypes, Words) {
  EXPECT_THAT(Typed<Strings>("choice", "red"), ElementsAre("red"));
  EXPECT_THAT(Typed<Strings>("choices", "red"), ElementsAre("red"));
  EXPECT_THAT(Typed<Strings>("choices", "[red, blue]"), ElementsAre("red", "blue"));
  EXPECT_EQ(Typed<std::string>("call", "fork"), "fork");
  EXPECT_EQ(Typed<std::string>("call", "recvmsg"), "recvmsg");
  for (const char* result : {"ok", "error", "EINTR", "stopped", "continued", "exited", "killed"})
    EXPECT_EQ(Typed<std::string>("result", result), result);
  EXPECT_THAT(Typed<SignalSet>("signal", "HUP").numbers, ElementsAre(SIGHUP));
  EXPECT_THAT(Typed<SignalSet>("signals", "[HUP, SIGINT]").numbers, ElementsAre(SIGHUP, SIGINT));
  EXPECT_THAT(Typed<SignalSet>("signals", "HUP").numbers, ElementsAre(SIGHUP));
  EXPECT_TRUE(Typed<SignalSet>("signals", "any").any);
}

TEST(ParamTypes, Lists) {
  EXPECT_THAT(Typed<Strings>("globs", "a*"), ElementsAre("a*"));
  EXPECT_THAT(Typed<Strings>("string_list", "[A, B]"), ElementsAre("A", "B"));
  EXPECT_THAT(Typed<std::vector<int64_t>>("ports", "[7, 8]"), ElementsAre(7, 8));
  EXPECT_THAT(Typed<std::vector<int64_t>>("ports", "7"), ElementsAre(7));
  EXPECT_THAT(Typed<ArgvPattern>("argv", "[cat, ~]"), ElementsAre("cat", std::nullopt));
  EXPECT_THAT(Typed<ArgvPattern>("argv", "[]"), IsEmpty());
  EXPECT_THAT(Typed<Strings>("lines", "[a, \"\"]"), ElementsAre("a", ""));
  EXPECT_EQ((Typed<std::map<std::string, std::string>>("string_map", "{LAB: \"1\"}").at("LAB")),
            "1");
  EXPECT_EQ(Typed<Text>("text", "a"), TextOf("a"));
}

TEST(ParamTypes, Mentions) {
  EXPECT_EQ(Typed<std::string>("snapshot", "running"), "running");
  EXPECT_THAT(Typed<Strings>("pair", "[running, later]"), ElementsAre("running", "later"));
  EXPECT_THAT(Typed<Strings>("stream", "a.received"), ElementsAre("a.received"));
  EXPECT_THAT(Typed<Strings>("streams", "[terminal, submission.stderr]"),
              ElementsAre("terminal", "submission.stderr"));
  EXPECT_THAT(Typed<Strings>("channel", "stdin"), ElementsAre("stdin"));
  EXPECT_THAT(Typed<Strings>("channel", "a"), ElementsAre("a"));
  EXPECT_THAT(Typed<Strings>("connection", "c2"), ElementsAre("c2"));
  EXPECT_EQ(Typed<WhoList>("who", "[submission/1, second, cat#2]").size(), 3u);
}

TEST(ParamTypes, Edges) {
  const auto edges = Typed<std::vector<Edge>>("edges", "[\"cat.1 -> sort.0\", \"a -> wc.*\"]");
  ASSERT_THAT(edges, SizeIs(2));
  EXPECT_EQ(std::get<DescriptorEnd>(edges[0].from).fd, 1);
  EXPECT_EQ(std::get<ChannelEnd>(edges[1].from).channel, "a");
  EXPECT_EQ(std::get<DescriptorEnd>(edges[1].to).fd, std::nullopt);
  EXPECT_THAT(Typed<std::vector<Edge>>("edge", "\"wc.1 -> carta.txt\""), SizeIs(1));
}

TEST(ParamTypes, TreesAndTables) {
  const Tree tree = Typed<Tree>("tree", "{submission: {A: {C: {}}, B: {}}}");
  EXPECT_EQ(tree, (Tree{"submission", {{"A", {{"C", {}}}}, {"B", {}}}}));
  EXPECT_EQ(Typed<FdTable>("fd_table", "{0: socket, 1: carta.txt, 2: a}"),
            (FdTable{{0, "socket"}, {1, "carta.txt"}, {2, "a"}}));
  EXPECT_THAT(Typed<FdTable>("fd_table", "{}"), IsEmpty());
}

TEST(ParamTypes, Order) {
  using K = OrderEvent::Kind;
  const auto events = Typed<std::vector<OrderEvent>>(
      "order",
      "[{call: wait, by: submission, result: exited}, {signals: USR1, by: submission, who: cat},"
      " {output: x}, {output: y, of: submission.stderr}, {stopped: cat}, {continued: cat},"
      " {exit: cat}, {reaped: cat}]");
  ASSERT_THAT(events, SizeIs(8));
  const K kinds[] = {K::kCall,    K::kSignals,   K::kOutput, K::kOutput,
                     K::kStopped, K::kContinued, K::kExit,   K::kReaped};
  for (size_t at = 0; at < 8; ++at) EXPECT_EQ(events[at].kind, kinds[at]) << at;
  EXPECT_EQ(events[0].call, "wait");
  EXPECT_EQ(events[0].result, "exited");
  EXPECT_THAT(TextsOf(events[1].who), ElementsAre("cat"));
  EXPECT_EQ(events[2].stream, "submission.stdout");
  EXPECT_EQ(events[3].stream, "submission.stderr");
}

struct Mistake {
  const char* name;
  const char* value;
  const char* code;
};

class ParamMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(ParamMistakes, AreTold) {
  const auto& [name, value, code] = GetParam();
  EXPECT_THAT(TypedCodes(name, value), ElementsAre(code)) << name << ": " << value;
}

INSTANTIATE_TEST_SUITE_P(
    EachType, ParamMistakes,
    testing::Values(
        Mistake{"bool", "yes", "wrong-type"}, Mistake{"bool", "\"true\"", "wrong-type"},
        Mistake{"call", "forks", "unknown-call"}, Mistake{"call", "7", "unknown-call"},
        Mistake{"result", "EGAIN", "unknown-error"}, Mistake{"result", "fine", "unknown-word"},
        Mistake{"choice", "[red]", "wrong-type"}, Mistake{"choice", "green", "unknown-word"},
        Mistake{"choices", "[]", "empty-list"}, Mistake{"choices", "[red, rot]", "unknown-word"},
        Mistake{"connection", "stdin", "unknown-channel"},
        Mistake{"connection", "b", "unknown-channel"},
        Mistake{"connection", "c4", "unknown-channel"}, Mistake{"count", "3KiB", "wrong-unit"},
        Mistake{"count", "-1", "out-of-range"},
        Mistake{"count", "99999999999999999999", "out-of-range"},
        Mistake{"count", "1..2", "wrong-type"}, Mistake{"duration", "5", "wrong-unit"},
        Mistake{"duration", "5m", "wrong-unit"}, Mistake{"duration", "[1s]", "wrong-type"},
        Mistake{"duration", "9999999999999d", "out-of-range"},
        Mistake{"duration", "1.5s", "wrong-unit"}, Mistake{"duration", "-1s", "wrong-unit"},
        Mistake{"size", "5", "wrong-unit"}, Mistake{"size", "5kb", "wrong-unit"},
        Mistake{"size", "5GiB", "wrong-unit"}, Mistake{"size", "007B", "leading-zero"},
        Mistake{"count_or_size", "3s", "wrong-unit"},
        Mistake{"count_or_size", "\"3\"", "wrong-unit"}, Mistake{"edge", "\"cat.1\"", "bad-edge"},
        Mistake{"edge", "\"a.0 -> b -> c\"", "bad-edge"},
        Mistake{"edge", "\"cat.stdout -> wc.0\"", "bad-edge"},
        Mistake{"edge", "\"submission -> wc.0\"", "bad-edge"}, Mistake{"edges", "[]", "empty-list"},
        Mistake{"edges", "\"a.1 -> b.0\"", "wrong-type"},
        Mistake{"edges", "[\"cat#0.1 -> b.0\"]", "bad-who"},
        Mistake{"fd_table", "[socket]", "wrong-type"},
        Mistake{"fd_table", "{a: socket}", "wrong-type"},
        Mistake{"fd_table", "{0: 1}", "needs-quotes"}, Mistake{"globs", "[]", "empty-list"},
        Mistake{"argv", "cat", "wrong-type"}, Mistake{"argv", "[7]", "needs-quotes"},
        Mistake{"string_map", "{A: 1}", "needs-quotes"},
        Mistake{"string_map", "{A=B: x}", "bad-name"}, Mistake{"string_map", "A", "wrong-type"},
        Mistake{"mode", "0644", "unquoted-mode"}, Mistake{"mode", "\"0888\"", "bad-mode"},
        Mistake{"mode", "rw", "bad-mode"}, Mistake{"order", "[]", "empty-list"},
        Mistake{"order", "[{exit: cat, call: read}]", "conflicting-keys"},
        Mistake{"order", "[{by: cat}]", "missing-key"}, Mistake{"path", "7", "needs-quotes"},
        Mistake{"program", "./none.py", "missing-file"},
        Mistake{"program", "/bin/true", "path-outside"}, Mistake{"ports", "0", "out-of-range"},
        Mistake{"ports", "[7, http]", "wrong-type"}, Mistake{"range", "3..1", "empty-range"},
        Mistake{"range", "..", "bad-range"}, Mistake{"range", "some", "bad-range"},
        Mistake{"range", "\"3\"", "wrong-type"}, Mistake{"range", "3s", "wrong-unit"},
        Mistake{"size_range", "3..", "wrong-unit"}, Mistake{"size_range", "7", "wrong-unit"},
        Mistake{"regex", "'('", "bad-regex"}, Mistake{"regex", "'(a)\\1'", "bad-regex"},
        Mistake{"signal", "USR", "unknown-signal"}, Mistake{"signal", "[USR1]", "wrong-type"},
        Mistake{"signals", "[USR1, USR1]", "duplicate-item"},
        Mistake{"signals", "[any]", "unknown-signal"}, Mistake{"signals", "[]", "empty-list"},
        Mistake{"snapshot", "ready", "unknown-snapshot"}, Mistake{"pair", "[]", "not-a-pair"},
        Mistake{"stream", "a", "unknown-stream"}, Mistake{"stream", "a.stdout", "unknown-stream"},
        Mistake{"channel", "b", "unknown-channel"}, Mistake{"streams", "[]", "empty-list"},
        Mistake{"string", "true", "needs-quotes"}, Mistake{"string", "[a]", "wrong-type"},
        Mistake{"text", "~", "wrong-type"}, Mistake{"lines", "[\"a\\n\"]", "newline-in-line"},
        Mistake{"lines", "a", "wrong-type"}, Mistake{"tree", "submission", "wrong-type"},
        Mistake{"tree", "{submission: {A: }}", "wrong-type"},
        Mistake{"tree", "{a: {}, b: {}}", "wrong-type"}, Mistake{"who", "[]", "empty-list"},
        Mistake{"who", "\"\"", "bad-who"}, Mistake{"who", "a b", "bad-who"},
        Mistake{"who", "listen:7", "bad-who"}, Mistake{"who", "submission/x", "bad-who"},
        Mistake{"who", "listens:70000", "bad-port"}, Mistake{"colour", "red", "unknown-key"}));

// --- Every kind that exists

class EveryKind : public testing::TestWithParam<size_t> {
 protected:
  const KindTable& kind() const { return graders::KindTables()[GetParam()]; }
};

TEST_P(EveryKind, RefusesAParameterThatItHasNot) {
  const auto codes = CheckCodes(kind().name + ": {colour: red}");
  EXPECT_THAT(codes, testing::Contains("unknown-key")) << kind().name;
}

TEST_P(EveryKind, RefusesAParameterOfAnotherType) {
  for (const ParamSpec& param : kind().params) {
    const auto codes = CheckCodes(kind().name + ": {" + param.name + ": [[]]}");
    EXPECT_THAT(codes, testing::Contains("wrong-type")) << kind().name << " " << param.name;
  }
}

TEST_P(EveryKind, NeedsWhatItsTableSays) {
  const auto codes = CheckCodes(kind().name + ": {}");
  const bool needs =
      !kind().one_of.empty() || std::ranges::any_of(kind().params, &ParamSpec::required);
  EXPECT_EQ(std::ranges::find(codes, "missing-key") != codes.end(), needs) << kind().name;
  EXPECT_THAT(codes, testing::Each("missing-key")) << "its defaults are values of their types";
}

TEST_P(EveryKind, DescribesItself) {
  EXPECT_NE(kind().doc, "") << kind().name;
  for (const ParamSpec& param : kind().params) EXPECT_NE(param.doc, "") << param.name;
  for (const FindingSpec& finding : kind().findings) EXPECT_NE(finding.doc, "") << finding.code;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKind, testing::Range<size_t>(0, graders::KindTables().size()),
                         [](const testing::TestParamInfo<size_t>& info) {
                           std::string name = graders::KindTables()[info.param].name;
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

}  // namespace
}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
// The keys of a scenario.
#include <fstream>

#include "reading.h"

namespace plumbline::spec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Scenario, HasDefaults) {
  const Scenario scenario = GoodScenario("");
  EXPECT_EQ(scenario.name, "plain");
  EXPECT_EQ(scenario.input.kind, Input::Kind::kEmpty);
  EXPECT_EQ(scenario.output.kind, Output::Kind::kPipe);
  EXPECT_FALSE(scenario.terminal);
  ASSERT_THAT(scenario.steps, SizeIs(1));
  EXPECT_EQ(scenario.steps[0].text, "await: exit");
  EXPECT_THAT(TextsOf(std::get<AwaitExit>(scenario.steps[0].action).who),
              ElementsAre("submission"));
}

TEST(Scenario, TakesProgramAndArguments) {
  const Exercise exercise =
      Good({.scenarios = "{plain: {program: client, args: [a, \"7\", \"{cwd}/x\"]}}",
            .more = "programs: {server: {files: [s.c]}, client: {files: [c.c]}}\n"});
  EXPECT_EQ(exercise.scenarios.at("plain").program, "client");
  EXPECT_THAT(exercise.scenarios.at("plain").args, ElementsAre("a", "7", "{cwd}/x"));
}

TEST(Scenario, TakesEveryStandardInput) {
  EXPECT_EQ(GoodScenario("stdin: empty").input.kind, Input::Kind::kEmpty);
  EXPECT_EQ(GoodScenario("stdin: open").input.kind, Input::Kind::kOpen);
  EXPECT_EQ(GoodScenario("stdin: closed").input.kind, Input::Kind::kClosed);
  const Input text = GoodScenario("stdin: {text: \"a\\n\"}").input;
  EXPECT_EQ(text.kind, Input::Kind::kText);
  EXPECT_EQ(text.text, TextOf("a\n"));
  const Input file = GoodScenario("files: {a: {text: b}}, stdin: {file: a}").input;
  EXPECT_EQ(file.kind, Input::Kind::kFile);
  EXPECT_EQ(file.path, "a");
}

TEST(Scenario, TakesEveryStandardOutput) {
  EXPECT_EQ(GoodScenario("stdout: pipe").output.kind, Output::Kind::kPipe);
  EXPECT_EQ(GoodScenario("stdout: closed").output.kind, Output::Kind::kClosed);
  const Output file = GoodScenario("stdout: {file: /dev/full}").output;
  EXPECT_EQ(file.kind, Output::Kind::kFile);
  EXPECT_EQ(file.path, "/dev/full");
}

TEST(Scenario, TakesATerminalButNothingBesideIt) {
  EXPECT_TRUE(GoodScenario("terminal: true").terminal);
  EXPECT_FALSE(GoodScenario("terminal: false, stdin: open").terminal);
  EXPECT_TRUE(GoodScenario("terminal: true, stdin: empty, stdout: pipe").terminal);
  EXPECT_THAT(ScenarioCodes("terminal: true, stdin: open"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(ScenarioCodes("terminal: true, stdin: {text: a}, stdout: closed"),
              ElementsAre("conflicting-keys", "conflicting-keys"));
}

TEST(Scenario, TakesEnvironmentClockAndHiddenCommands) {
  const Scenario scenario = GoodScenario(
      "env: {LAB_TOKEN: \"7\", EMPTY: \"\"}, clock: \"2030-01-01T00:00:00Z\", hide: [sort, wc]");
  EXPECT_EQ(scenario.env, (std::map<std::string, std::string>{{"LAB_TOKEN", "7"}, {"EMPTY", ""}}));
  EXPECT_EQ(scenario.clock, "2030-01-01T00:00:00Z");
  EXPECT_THAT(scenario.hide, ElementsAre("sort", "wc"));
}

TEST(Files, MayBeOfEveryKind) {
  const auto files =
      GoodScenario(
          "files: {a: {text: x, mode: \"0600\"}, b: {kind: fifo}, c: {kind: directory, mode: "
          "\"700\"}, d: {kind: socket}, e: {kind: link, target: a}, f: {kind: file}, g: {}}")
          .files;
  ASSERT_THAT(files, SizeIs(7));
  EXPECT_EQ(files[0].path, "a");
  EXPECT_EQ(files[0].kind, FileSpec::Kind::kFile);
  EXPECT_EQ(files[0].text, TextOf("x"));
  EXPECT_EQ(files[0].mode, 0600);
  EXPECT_EQ(files[1].kind, FileSpec::Kind::kFifo);
  EXPECT_EQ(files[1].mode, std::nullopt);
  EXPECT_EQ(files[2].kind, FileSpec::Kind::kDirectory);
  EXPECT_EQ(files[2].mode, 0700);
  EXPECT_EQ(files[3].kind, FileSpec::Kind::kSocket);
  EXPECT_EQ(files[4].kind, FileSpec::Kind::kLink);
  EXPECT_EQ(files[4].target, "a");
  EXPECT_EQ(files[5].kind, FileSpec::Kind::kFile);
  EXPECT_EQ(files[6].count, 0);
}

TEST(Files, MayBeCounted) {
  const auto files = GoodScenario("files: {\"f{n}\": {count: 3, text: \"{n}\"}}").files;
  ASSERT_THAT(files, SizeIs(1));
  EXPECT_EQ(files[0].path, "f{n}");
  EXPECT_EQ(files[0].count, 3);
  EXPECT_THAT(ScenarioCodes("files: {f: {count: 3}}"), ElementsAre("count-without-n"));
  EXPECT_THAT(ScenarioCodes("files: {\"f{n}\": {}}"), ElementsAre("unknown-placeholder"));
}

TEST(Files, MayHaveANumberOrAnythingForAName) {
  const auto files = GoodScenario("files: {7: {}, true: {}, \"a b; touch x\": {}}").files;
  ASSERT_THAT(files, SizeIs(3));
  EXPECT_EQ(files[0].path, "7");
  EXPECT_EQ(files[1].path, "true");
  EXPECT_EQ(files[2].path, "a b; touch x");
}

TEST(Files, HaveKeysThatFitTheirKind) {
  EXPECT_THAT(ScenarioCodes("files: {a: {kind: fifo, text: b}}"), ElementsAre("misplaced-key"));
  EXPECT_THAT(ScenarioCodes("files: {a: {target: b}}"), ElementsAre("misplaced-key"));
  EXPECT_THAT(ScenarioCodes("files: {a: {kind: link, target: b, mode: \"0644\"}}"),
              ElementsAre("misplaced-key"));
  EXPECT_THAT(ScenarioCodes("files: {a: {kind: link}}"), ElementsAre("missing-key"));
}

TEST(Files, StayInsideAndBelowFolders) {
  for (const char* path : {"/etc/passwd", "../a", "a/../../b", "\"\""})
    EXPECT_THAT(ScenarioCodes(std::string("files: {") + path + ": {}}"),
                ElementsAre("path-outside"))
        << path;
  EXPECT_THAT(ScenarioCodes("files: {a: {}, a/b: {}}"), ElementsAre("below-a-file"));
  EXPECT_THAT(ScenarioCodes("files: {a/b: {}, a: {kind: fifo}}"), ElementsAre("below-a-file"));
  EXPECT_THAT(ScenarioCodes("files: {a: {kind: directory}, a/b: {}, ab: {}}"), IsEmpty());
}

TEST(Alter, MakesCallsFail) {
  const auto alter = GoodScenario(
                         "alter: [{call: fork, who: submission, error: EAGAIN, nth: 2},"
                         " {call: sendto, error: EPIPE}]")
                         .alter;
  ASSERT_THAT(alter, SizeIs(2));
  const auto& fork = std::get<FailCall>(alter[0]);
  EXPECT_EQ(fork.call, "fork");
  EXPECT_THAT(TextsOf(fork.who), ElementsAre("submission"));
  EXPECT_EQ(fork.error, EAGAIN);
  EXPECT_EQ(fork.nth, 2);
  const auto& send = std::get<FailCall>(alter[1]);
  EXPECT_THAT(TextsOf(send.who), ElementsAre("all"));
  EXPECT_EQ(send.nth, 0);
}

TEST(Alter, ChangesEnds) {
  const auto alter =
      GoodScenario("alter: [{exit: wc, status: 3}, {exit: [cat, sort#2], killed_by: KILL}]").alter;
  ASSERT_THAT(alter, SizeIs(2));
  EXPECT_EQ(std::get<ChangeExit>(alter[0]).status, 3);
  EXPECT_EQ(std::get<ChangeExit>(alter[0]).killed_by, 0);
  EXPECT_THAT(TextsOf(std::get<ChangeExit>(alter[1]).who), ElementsAre("cat", "sort#2"));
  EXPECT_EQ(std::get<ChangeExit>(alter[1]).killed_by, SIGKILL);
}

TEST(Alter, IsOneOrTheOther) {
  EXPECT_THAT(ScenarioCodes("alter: [{exit: wc}]"), ElementsAre("missing-key"));
  EXPECT_THAT(ScenarioCodes("alter: [{exit: wc, status: 1, killed_by: KILL}]"),
              ElementsAre("conflicting-keys"));
  EXPECT_THAT(ScenarioCodes("alter: [{exit: wc, call: fork}]"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(ScenarioCodes("alter: [{who: wc}]"), ElementsAre("missing-key"));
  EXPECT_THAT(ScenarioCodes("alter: [{exit: wc, status: 256}]"), ElementsAre("out-of-range"));
  EXPECT_THAT(ScenarioCodes("alter: [{call: fork, error: EAGIN}]"), ElementsAre("unknown-error"));
  EXPECT_THAT(ScenarioCodes("alter: [{call: forq, error: EAGAIN}]"), ElementsAre("unknown-call"));
}

TEST(Peers, MayBeOfEveryKind) {
  const auto peers =
      GoodScenario(
          "peers: {a: {kind: echo, port: 7, pieces: 3}, b: {kind: daytime, port: 13},"
          " c: {kind: chargen, port: 19}, d: {kind: sink, path: s}, e: {kind: silent, port: 8},"
          " f: {kind: full, port: 9}, g: {kind: scripted, port: 10}}")
          .peers;
  ASSERT_THAT(peers, SizeIs(7));
  using K = Peer::Kind;
  const K kinds[] = {K::kEcho,   K::kDaytime, K::kChargen, K::kSink,
                     K::kSilent, K::kFull,    K::kScripted};
  for (size_t at = 0; at < 7; ++at) EXPECT_EQ(peers[at].kind, kinds[at]) << at;
  EXPECT_EQ(peers[0].name, "a");
  EXPECT_EQ(peers[0].port, 7);
  EXPECT_EQ(peers[0].pieces, 3);
  EXPECT_EQ(peers[1].pieces, 1);
  EXPECT_EQ(peers[3].path, "s");
  EXPECT_EQ(peers[3].port, 0);
}

TEST(Peers, MayBePrograms) {
  const auto peers = GoodScenario(
                         "peers: {shell: {command: [sh, -c, read x], args: [y], stdin: {text: z}},"
                         " web: {command: [busybox], port: 80}}")
                         .peers;
  ASSERT_THAT(peers, SizeIs(2));
  EXPECT_EQ(peers[0].kind, Peer::Kind::kProgram);
  EXPECT_THAT(peers[0].command, ElementsAre("sh", "-c", "read x"));
  EXPECT_THAT(peers[0].args, ElementsAre("y"));
  EXPECT_EQ(peers[0].input.kind, Input::Kind::kText);
  EXPECT_EQ(peers[1].port, 80);
}

TEST(Peers, AreWellFormed) {
  EXPECT_THAT(ScenarioCodes("peers: {a: {kind: echo}}"), ElementsAre("missing-key"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {kind: echo, port: 7, path: p}}"),
              ElementsAre("conflicting-keys"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {kind: sink, port: 7, pieces: 2}}"),
              ElementsAre("misplaced-key"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {kind: ecco, port: 7}}"), ElementsAre("unknown-word"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {command: [x], kind: echo}}"),
              ElementsAre("conflicting-keys"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {command: []}}"), ElementsAre("empty-list"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {port: 7}}"), ElementsAre("missing-key"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {kind: echo, port: 7}, b: {kind: sink, port: 7}}"),
              ElementsAre("duplicate-port"));
  EXPECT_THAT(ScenarioCodes("peers: {a b: {kind: echo, port: 7}}"), ElementsAre("bad-name"));
  EXPECT_THAT(ScenarioCodes("peers: {all: {kind: echo, port: 7}}"), ElementsAre("reserved-name"));
  EXPECT_THAT(ScenarioCodes("peers: {a: {solution: nothing}}"), ElementsAre("missing-file"));
}

TEST(Under, TakesEveryPerturbation) {
  const auto under = Good({.scenarios = "{plain: {}, turns: {under: [interleavings, interruptions,"
                                        " short-transfers, failures, signals, {small-world: 3}]}}"})
                         .scenarios.at("turns")
                         .under;
  ASSERT_THAT(under, SizeIs(6));
  using K = Perturbation::Kind;
  const K kinds[] = {K::kInterleavings, K::kInterruptions, K::kShortTransfers,
                     K::kFailures,      K::kSignals,       K::kSmallWorld};
  for (size_t at = 0; at < 6; ++at) EXPECT_EQ(under[at].kind, kinds[at]) << at;
  EXPECT_EQ(under[0].runs, 50);
  EXPECT_EQ(under[5].runs, 3);
  const auto codes = [](const std::string& list) {
    return Codes({.scenarios = "{plain: {}, turns: {under: " + list + "}}"});
  };
  EXPECT_THAT(codes("[interleaving]"), ElementsAre("unknown-word"));
  EXPECT_THAT(codes("[{interleavings: 0}]"), ElementsAre("out-of-range"));
  EXPECT_THAT(codes("[{interleavings: 1, signals: 1}]"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(codes("[]"), ElementsAre("empty-list"));
}

TEST(Like, TakesTheKeysOfAnother) {
  const Exercise exercise =
      Good({.scenarios = "{a: {args: [x], stdin: open, files: {f: {}}}, b: {like: a, args: [y]},"
                         " c: {like: b, stdin: empty}}"});
  const Scenario& b = exercise.scenarios.at("b");
  EXPECT_THAT(b.args, ElementsAre("y"));
  EXPECT_EQ(b.input.kind, Input::Kind::kOpen);
  EXPECT_THAT(b.files, SizeIs(1));
  const Scenario& c = exercise.scenarios.at("c");
  EXPECT_THAT(c.args, ElementsAre("y"));
  EXPECT_EQ(c.input.kind, Input::Kind::kEmpty);
  EXPECT_THAT(exercise.scenario_order, ElementsAre("a", "b", "c"));
}

TEST(Like, MayNameWhatComesLater) {
  const Exercise exercise = Good({.scenarios = "{b: {like: a}, a: {args: [x]}}"});
  EXPECT_THAT(exercise.scenarios.at("b").args, ElementsAre("x"));
}

TEST(Like, TellsAMistakeOfTheOtherOnce) {
  EXPECT_THAT(Codes({.scenarios = "{a: {args: 7}, b: {like: a}, c: {like: b}}"}),
              ElementsAre("wrong-type"));
}

TEST(Like, TellsCyclesAndStrangers) {
  EXPECT_THAT(Codes({.scenarios = "{a: {like: a}}"}), ElementsAre("like-cycle"));
  EXPECT_THAT(Codes({.scenarios = "{a: {like: c}, b: {like: a}, c: {like: b}}"}),
              ElementsAre("like-cycle", "like-cycle", "like-cycle"));
  EXPECT_THAT(Codes({.scenarios = "{a: {like: b}}"}), ElementsAre("unknown-scenario"));
}

TEST(Texts, AreMadeInEveryWay) {
  std::ofstream(testing::TempDir() + "/fixture.bin") << "f\x01\n";
  const auto text = GoodScenario(
                        "stdin: {text: [a, {fixture: fixture.bin}, {bytes: 1KiB}, {line: 9B},"
                        " {numbered: \"{n}\\n\", count: 2}, {hex: \"00fF\"}]}")
                        .input.text;
  using P = TextPiece;
  EXPECT_THAT(text.pieces, ElementsAre(P{.kind = P::Kind::kText, .text = "a"},
                                       P{.kind = P::Kind::kRaw, .text = "f\x01\n"},
                                       P{.kind = P::Kind::kBytes, .size = 1024},
                                       P{.kind = P::Kind::kLine, .size = 9},
                                       P{.kind = P::Kind::kNumbered, .text = "{n}\n", .count = 2},
                                       P{.kind = P::Kind::kRaw, .text = std::string("\0\xff", 2)}));
}

TEST(Texts, AreWellFormed) {
  const auto codes = [](const std::string& text) {
    return ScenarioCodes("stdin: {text: " + text + "}");
  };
  EXPECT_THAT(codes("7"), ElementsAre("needs-quotes"));
  EXPECT_THAT(codes("{hex: \"0\"}"), ElementsAre("bad-hex"));
  EXPECT_THAT(codes("{hex: 00}"), ElementsAre("needs-quotes"));
  EXPECT_THAT(codes("{bytes: 0B}"), ElementsAre("out-of-range"));
  EXPECT_THAT(codes("{bytes: 65MiB}"), ElementsAre("text-too-large"));
  EXPECT_THAT(codes("[{bytes: 63MiB}, {numbered: \"0123456789\", count: 200000}]"),
              ElementsAre("text-too-large"));
  EXPECT_THAT(codes("{bytes: 1024}"), ElementsAre("wrong-unit"));
  EXPECT_THAT(codes("{numbered: x}"), ElementsAre("missing-key"));
  EXPECT_THAT(codes("{numbered: x, count: 0}"), ElementsAre("out-of-range"));
  EXPECT_THAT(codes("{fixture: none.txt}"), ElementsAre("missing-file"));
  EXPECT_THAT(codes("{fixture: ../x}"), ElementsAre("path-outside"));
  EXPECT_THAT(codes("{fixture: .}"), ElementsAre("unreadable-fixture"));
  EXPECT_THAT(codes("{byte: 1B}"), ElementsAre("unknown-key"));
  EXPECT_THAT(codes("{bytes: 1B, line: 2B}"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(codes("{}"), ElementsAre("missing-key"));
}

TEST(Fixtures, BelongToTheHash) {
  const Parts parts{.scenarios = "{a: {stdin: {text: {fixture: hashed.txt}}}}"};
  std::ofstream(testing::TempDir() + "/hashed.txt") << "one";
  const std::string one = Good(parts).hash;
  std::ofstream(testing::TempDir() + "/hashed.txt") << "two";
  EXPECT_NE(one, Good(parts).hash);
}

}  // namespace
}  // namespace plumbline::spec

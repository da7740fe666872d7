// SPDX-License-Identifier: MIT
// Every step, its keys, its defaults, and how it can be wrong.
#include <csignal>

#include "reading.h"

namespace plumbline::spec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

const char* const kConnect = "{connect: {as: a, port: 7}}";

TEST(Await, TakesItsWords) {
  GoodStep<AwaitAsleep>("await: asleep");
  GoodStep<AwaitBlocked>("await: blocked");
  EXPECT_THAT(TextsOf(GoodStep<AwaitExit>("await: exit").who), ElementsAre("submission"));
  EXPECT_THAT(StepCodes("await: block"), ElementsAre("unknown-word"));
  EXPECT_THAT(StepCodes("await: 5s"), ElementsAre("unknown-word"));
}

TEST(Await, TakesAnExit) {
  const auto await = GoodStep<AwaitExit>("await: {exit: [cat, submission/1], within: 1min}");
  EXPECT_THAT(TextsOf(await.who), ElementsAre("cat", "submission/1"));
  EXPECT_EQ(await.within, 60s);
}

TEST(Await, TakesAStop) {
  const auto await = GoodStep<AwaitStopped>("await: {stopped: submission/*}");
  EXPECT_THAT(TextsOf(await.who), ElementsAre("submission/*"));
  EXPECT_EQ(await.within, std::nullopt);
}

TEST(Await, TakesANumberOfTheLiving) {
  const auto await = GoodStep<AwaitAlive>("await: {alive: sleep, count: 3.., within: 2h}");
  EXPECT_EQ(await.count, (Range{3, std::nullopt}));
  EXPECT_EQ(await.within, 2h);
  EXPECT_THAT(StepCodes("await: {alive: sleep}"), ElementsAre("missing-key"));
}

TEST(Await, TakesAListener) {
  EXPECT_EQ(GoodStep<AwaitListening>("await: {listening: 7}").port, 7);
  const auto path = GoodStep<AwaitListening>("await: {listening: sock, within: 9ms}");
  EXPECT_EQ(path.path, "sock");
  EXPECT_EQ(path.port, 0);
  EXPECT_EQ(path.within, 9ms);
  EXPECT_THAT(StepCodes("await: {listening: 70000}"), ElementsAre("out-of-range"));
}

TEST(Await, TakesAnOutput) {
  const auto await = GoodStep<AwaitOutput>("await: {output: \"ready {submission.pid}\\n\"}");
  EXPECT_EQ(await.text, TextOf("ready {submission.pid}\n"));
  EXPECT_EQ(await.stream, "submission.stdout");
  EXPECT_EQ(GoodStep<AwaitOutput>("await: {output: x, of: submission.stderr, within: 1s}").stream,
            "submission.stderr");
  EXPECT_EQ(GoodStep<AwaitOutput>("await: {output: x, of: a.received}", "", kConnect).stream,
            "a.received");
  EXPECT_EQ(GoodStep<AwaitOutput>("await: {output: x, of: terminal}", "terminal: true").stream,
            "terminal");
}

TEST(Await, IsForOneThing) {
  EXPECT_THAT(StepCodes("await: {exit: cat, stopped: wc}"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(StepCodes("await: {within: 1s}"), ElementsAre("missing-key"));
  EXPECT_THAT(StepCodes("await: {exit: cat, within: 0s}"), ElementsAre("out-of-range"));
  EXPECT_THAT(StepCodes("await: {exit: cat, within: 3}"), ElementsAre("wrong-unit"));
  EXPECT_THAT(StepCodes("await: {exit: cat, count: 3}"), ElementsAre("unknown-key"));
  EXPECT_THAT(StepCodes("await: [exit]"), ElementsAre("wrong-type"));
}

TEST(SnapshotStep, HasAName) {
  EXPECT_EQ(GoodStep<TakeSnapshot>("snapshot: running").name, "running");
  EXPECT_THAT(StepCodes("snapshot: start"), ElementsAre("reserved-name"));
  EXPECT_THAT(StepCodes("snapshot: a b"), ElementsAre("bad-name"));
  EXPECT_THAT(ScenarioCodes("steps: [{snapshot: a}, {snapshot: a}]"),
              ElementsAre("duplicate-name"));
}

TEST(ConnectStep, GoesToAPortOrAPath) {
  const auto port = GoodStep<Connect>("connect: {as: c, port: 7, count: 50, within: 1s}");
  EXPECT_EQ(port.as, "c");
  EXPECT_EQ(port.port, 7);
  EXPECT_EQ(port.count, 50);
  EXPECT_EQ(port.purpose, Connect::For::kBoth);
  EXPECT_EQ(port.within, 1s);
  EXPECT_EQ(GoodStep<Connect>("connect: {as: c, path: p}").path, "p");
  EXPECT_EQ(GoodStep<Connect>("connect: {as: c, path: p, for: reading}").purpose,
            Connect::For::kReading);
  EXPECT_EQ(GoodStep<Connect>("connect: {as: c, path: p, for: writing}").purpose,
            Connect::For::kWriting);
}

TEST(ConnectStep, IsWellFormed) {
  EXPECT_THAT(StepCodes("connect: {as: a}"), ElementsAre("missing-key"));
  EXPECT_THAT(StepCodes("connect: {port: 7}"), ElementsAre("missing-key"));
  EXPECT_THAT(StepCodes("connect: {as: a, port: 7, path: p}"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(StepCodes("connect: {as: a, port: 7, for: reading}"), ElementsAre("misplaced-key"));
  EXPECT_THAT(StepCodes("connect: {as: submission, port: 7}"), ElementsAre("reserved-name"));
  EXPECT_THAT(StepCodes("connect: {as: a, port: http}"), ElementsAre("wrong-type"));
  EXPECT_THAT(ScenarioCodes("steps: [{connect: {as: c, port: 7, count: 3}},"
                            " {connect: {as: c2, port: 7}}]"),
              ElementsAre("duplicate-name"));
  EXPECT_THAT(ScenarioCodes("steps: [{connect: {as: c, port: 7, count: 3}},"
                            " {connect: {as: c4, port: 7}}, {connect: {as: c02, port: 7}}]"),
              IsEmpty());
}

TEST(AcceptStep, ComesFromAScriptedPeer) {
  const std::string peers = "peers: {s: {kind: scripted, port: 7}, e: {kind: echo, port: 8}}";
  const auto accept = GoodStep<Accept>("accept: {from: s, as: a, within: 2s}", peers);
  EXPECT_EQ(accept.from, "s");
  EXPECT_EQ(accept.as, "a");
  EXPECT_EQ(accept.within, 2s);
  EXPECT_THAT(StepCodes("accept: {from: e, as: a}", peers), ElementsAre("not-scripted"));
  EXPECT_THAT(StepCodes("accept: {from: t, as: a}", peers), ElementsAre("unknown-peer"));
  EXPECT_THAT(StepCodes("accept: {from: s, as: s}", peers), ElementsAre("duplicate-name"));
}

TEST(SendStep, GoesToAChannel) {
  const auto send = GoodStep<Send>("send: {to: a, text: {bytes: 1MiB}, pieces: 3}", "", kConnect);
  EXPECT_EQ(send.to, "a");
  EXPECT_EQ(send.text.pieces[0].size, 1u << 20);
  EXPECT_EQ(send.pieces, 3);
  EXPECT_EQ(GoodStep<Send>("send: {to: stdin, text: x}", "stdin: open").pieces, 1);
  EXPECT_EQ(GoodStep<Send>("send: {to: terminal, text: x}", "terminal: true").to, "terminal");
}

TEST(SendStep, GoesToWhomAStepStarted) {
  EXPECT_EQ(GoodStep<Send>("send: {to: b.stdin, text: x}", "", "{start: {as: b, stdin: open}}").to,
            "b.stdin");
  EXPECT_EQ(GoodStep<Send>("send: {to: cat.stdin, text: x}",
                           "peers: {cat: {command: [cat], stdin: open}}")
                .to,
            "cat.stdin");
  const auto codes_after = [](const std::string& start, const std::string& channel) {
    return ScenarioCodes("steps: [{start: " + start + "}, {close: " + channel + "}]");
  };
  EXPECT_THAT(codes_after("{as: b}", "b.stdin"), ElementsAre("stdin-not-open"));
  EXPECT_THAT(codes_after("{as: b, stdin: open}", "c.stdin"), ElementsAre("unknown-channel"));
  EXPECT_THAT(codes_after("{as: b, stdin: open}", "submission.stdin"),
              ElementsAre("unknown-channel"));
  EXPECT_THAT(ScenarioCodes("steps: [{close: b.stdin}, {start: {as: b, stdin: open}}]"),
              ElementsAre("too-early"));
}

TEST(SendStep, KnowsItsChannel) {
  EXPECT_THAT(StepCodes("send: {to: stdin, text: x}"), ElementsAre("stdin-not-open"));
  EXPECT_THAT(StepCodes("send: {to: terminal, text: x}"), ElementsAre("no-terminal"));
  EXPECT_THAT(StepCodes("send: {to: a, text: x}"), ElementsAre("unknown-channel"));
  EXPECT_THAT(ScenarioCodes(std::string("steps: [{send: {to: a, text: x}}, ") + kConnect + "]"),
              ElementsAre("too-early"));
}

TEST(SendStep, NumbersTheTextsOfAGroup) {
  const char* group = "{connect: {as: c, port: 7, count: 2}}";
  EXPECT_EQ(GoodStep<Send>("send: {to: c, text: \"{n}\"}", "", group).text, TextOf("{n}"));
  EXPECT_EQ(GoodStep<Send>("send: {to: c2, text: x}", "", group).to, "c2");
  EXPECT_THAT(ScenarioCodes(std::string("steps: [") + group + ", {send: {to: c3, text: x}}]"),
              ElementsAre("unknown-channel"));
  EXPECT_THAT(
      ScenarioCodes(std::string("steps: [") + kConnect + ", {send: {to: a, text: \"{n}\"}}]"),
      ElementsAre("unknown-placeholder"));
}

TEST(ReceiveStep, ExpectsInFourWays) {
  const auto receive = [](const std::string& what) {
    return GoodStep<Receive>("receive: {from: a, " + what + "}", "", kConnect);
  };
  EXPECT_EQ(receive("text: x").text, TextOf("x"));
  EXPECT_EQ(receive("contains: x").contains, TextOf("x"));
  EXPECT_EQ(receive("bytes: 2KiB").bytes, 2048u);
  EXPECT_TRUE(receive("until: end").until_end);
  EXPECT_FALSE(receive("text: x").until_end);
  EXPECT_EQ(receive("text: x, within: 3s").within, 3s);
}

TEST(ReceiveStep, ExpectsOneThing) {
  const auto codes = [](const std::string& what) {
    return ScenarioCodes(std::string("steps: [") + kConnect + ", {receive: {from: a" + what +
                         "}}]");
  };
  EXPECT_THAT(codes(""), ElementsAre("missing-key"));
  EXPECT_THAT(codes(", text: x, bytes: 1B"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(codes(", until: close"), ElementsAre("unknown-word"));
  EXPECT_THAT(codes(", bytes: 12"), ElementsAre("wrong-unit"));
}

TEST(ChannelSteps, EndWhatIsOpen) {
  EXPECT_EQ(GoodStep<Shutdown>("shutdown: a", "", kConnect).channel, "a");
  EXPECT_EQ(GoodStep<Close>("close: a", "", kConnect).channel, "a");
  EXPECT_EQ(GoodStep<Reset>("reset: a", "", kConnect).channel, "a");
  EXPECT_EQ(GoodStep<Close>("close: stdin", "stdin: open").channel, "stdin");
  EXPECT_EQ(GoodStep<Close>("close: submission.stdout").channel, "submission.stdout");
  EXPECT_THAT(StepCodes("close: submission.stderr"), ElementsAre("unknown-channel"));
  EXPECT_THAT(StepCodes("close: other.stdout"), ElementsAre("unknown-stream"));
  EXPECT_THAT(StepCodes("shutdown: stdin", "stdin: open"), ElementsAre("unknown-channel"));
  EXPECT_THAT(StepCodes("reset: b"), ElementsAre("unknown-channel"));
}

TEST(PressStep, TakesKeys) {
  EXPECT_THAT(GoodStep<Press>("press: ctrl-z", "terminal: true").keys, ElementsAre("ctrl-z"));
  EXPECT_THAT(GoodStep<Press>("press: [q, \"7\", enter, ñ]", "terminal: true").keys,
              ElementsAre("q", "7", "enter", "ñ"));
  EXPECT_THAT(StepCodes("press: ctrl-Z", "terminal: true"), ElementsAre("unknown-key-name"));
  EXPECT_THAT(StepCodes("press: escape", "terminal: true"), ElementsAre("unknown-key-name"));
  EXPECT_THAT(StepCodes("press: q"), ElementsAre("no-terminal"));
}

TEST(SignalStep, GoesToSomebody) {
  const auto signal = GoodStep<SendSignal>("signal: {USR1: [submission, all]}");
  EXPECT_EQ(signal.signal, SIGUSR1);
  EXPECT_THAT(TextsOf(signal.who), ElementsAre("submission", "all"));
  EXPECT_EQ(GoodStep<SendSignal>("signal: {SIGTERM: submission}").signal, SIGTERM);
  EXPECT_EQ(GoodStep<SendSignal>("signal: {RTMIN+2: submission}").signal, 36);
  EXPECT_THAT(StepCodes("signal: {USR3: submission}"), ElementsAre("unknown-signal"));
  EXPECT_THAT(StepCodes("signal: {10: submission}"), ElementsAre("unknown-signal"));
  EXPECT_THAT(StepCodes("signal: {USR1: submission, USR2: submission}"), ElementsAre("wrong-type"));
  EXPECT_THAT(StepCodes("signal: USR1"), ElementsAre("wrong-type"));
}

TEST(FileStep, DoesFourThings) {
  using A = ChangeFile::Action;
  EXPECT_EQ(GoodStep<ChangeFile>("file: {path: p, do: append, text: x}").action, A::kAppend);
  EXPECT_EQ(GoodStep<ChangeFile>("file: {path: p, do: rewrite, text: x}").action, A::kRewrite);
  EXPECT_EQ(GoodStep<ChangeFile>("file: {path: p, do: replace, text: x}").text, TextOf("x"));
  const auto remove = GoodStep<ChangeFile>("file: {path: p, do: remove}");
  EXPECT_EQ(remove.action, A::kRemove);
  EXPECT_EQ(remove.path, "p");
  EXPECT_THAT(StepCodes("file: {path: p, do: remove, text: x}"), ElementsAre("misplaced-key"));
  EXPECT_THAT(StepCodes("file: {path: p, do: append}"), ElementsAre("missing-key"));
  EXPECT_THAT(StepCodes("file: {path: p}"), ElementsAre("missing-key"));
  EXPECT_THAT(StepCodes("file: {path: p, do: delete}"), ElementsAre("unknown-word"));
}

TEST(StartStep, TakesTheKeysOfAProcess) {
  const auto start = GoodStep<Start>(
      "start: {as: second, args: [x], stdin: closed, stdout: {file: out}, env: {A: b}}");
  EXPECT_EQ(start.as, "second");
  EXPECT_THAT(start.args, ElementsAre("x"));
  EXPECT_EQ(start.input.kind, Input::Kind::kClosed);
  EXPECT_EQ(start.output.path, "out");
  EXPECT_EQ(start.env.at("A"), "b");
  EXPECT_FALSE(start.terminal);
  EXPECT_TRUE(GoodStep<Start>("start: {as: second, terminal: true}").terminal);
  EXPECT_THAT(GoodStep<Start>("start: {as: second, command: [cat, f]}").command,
              ElementsAre("cat", "f"));
}

TEST(StartStep, MayReadWhatWasMadeMeanwhile) {
  EXPECT_EQ(GoodStep<Start>("start: {as: second, stdin: {file: made}}").input.path, "made");
  EXPECT_THAT(ScenarioCodes("stdin: {file: made}"), ElementsAre("unknown-file"));
}

TEST(StartStep, RunsOneThing) {
  EXPECT_THAT(StepCodes("start: {as: b, command: [x], solution: y}"),
              testing::UnorderedElementsAre("missing-file", "conflicting-keys"));
  EXPECT_THAT(StepCodes("start: {as: b, program: client}"), ElementsAre("unknown-program"));
  EXPECT_THAT(StepCodes("start: {as: b, command: []}"), ElementsAre("empty-list"));
  EXPECT_THAT(StepCodes("start: {as: b, terminal: true, stdin: open}"),
              ElementsAre("conflicting-keys"));
  EXPECT_THAT(StepCodes("start: {args: []}"), ElementsAre("missing-key"));
  EXPECT_THAT(StepCodes("start: {as: b, like: a}"), ElementsAre("unknown-key"));
}

TEST(HoldStep, StopsBeforeACallOrMoment) {
  for (const char* before : {"start", "exit", "output", "write", "sendto"}) {
    const auto hold = GoodStep<Hold>(std::string("hold: {who: cat, before: ") + before + "}");
    EXPECT_EQ(hold.before, before);
    EXPECT_THAT(TextsOf(hold.who), ElementsAre("cat"));
  }
  EXPECT_THAT(StepCodes("hold: {who: cat, before: begin}"), ElementsAre("unknown-call"));
  EXPECT_THAT(StepCodes("hold: {who: cat}"), ElementsAre("missing-key"));
}

TEST(HoldStep, MayNameWhoIsStartedLater) {
  EXPECT_THAT(ScenarioCodes("steps: [{hold: {who: second, before: write}}, {start: {as: second}},"
                            " {release: second}]"),
              IsEmpty());
  EXPECT_THAT(ScenarioCodes("steps: [{signal: {TERM: second}}, {start: {as: second}}]"),
              ElementsAre("too-early"));
}

TEST(ReleaseStep, EndsAHold) {
  EXPECT_THAT(
      TextsOf(GoodStep<Release>("release: cat", "", "{hold: {who: cat, before: start}}").who),
      ElementsAre("cat"));
  EXPECT_THAT(StepCodes("release: cat"), ElementsAre("nothing-held"));
}

TEST(AdvanceStep, TakesADuration) {
  EXPECT_EQ(GoodStep<Advance>("advance: 60s").by, 1min);
  EXPECT_THAT(StepCodes("advance: 60"), ElementsAre("wrong-unit"));
  EXPECT_THAT(StepCodes("advance: 0s"), ElementsAre("out-of-range"));
}

TEST(Step, KeepsItsTextAndPlace) {
  const Exercise exercise = Good({.scenarios = R"(
  plain:
    stdin: open
    steps:
    - send: {to: stdin,   text: "a\n"}
    - await:
        exit: submission
)"});
  const auto& steps = exercise.scenarios.at("plain").steps;
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].text, R"(send: {to: stdin, text: "a\n"})");
  EXPECT_EQ(steps[0].mark.line, 10);
  EXPECT_EQ(steps[0].mark.column, 7);
  EXPECT_EQ(steps[1].text, "await: {exit: submission}");
}

TEST(Step, IsOneOfTheTable) {
  EXPECT_THAT(StepCodes("snapshott: a"), ElementsAre("unknown-key"));
  EXPECT_THAT(StepCodes("sleep: 1s"), ElementsAre("unknown-key"));
  EXPECT_THAT(StepCodes(""), ElementsAre("missing-key"));
  EXPECT_THAT(StepCodes("await: exit, snapshot: a"), ElementsAre("conflicting-keys"));
  EXPECT_THAT(ScenarioCodes("steps: [await]"), ElementsAre("wrong-type"));
  EXPECT_THAT(ScenarioCodes("steps: []"), ElementsAre("empty-list"));
  EXPECT_THAT(ScenarioCodes("steps: {await: exit}"), ElementsAre("wrong-type"));
}

}  // namespace
}  // namespace plumbline::spec

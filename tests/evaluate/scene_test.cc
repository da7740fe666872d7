// SPDX-License-Identifier: MIT
#include "evaluate/scene.h"

#include <signal.h>

#include "spec/notation.h"
#include "tests/support/recording_builder.h"

namespace plumbline::evaluate {
namespace {

using record::ObjectKind;
using record::ProcessIndex;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::RecordingBuilder;

// In English, as a report would tell it.
std::string Told(const Message& message) {
  std::string text = message.id;
  for (const Argument& argument : message.args) {
    const std::string key = "{" + argument.name + "}";
    const std::string value = argument.words.empty() ? argument.text : Told(argument.words.front());
    for (size_t at = text.find(key); at != std::string::npos;
         at = text.find(key, at + value.size())) {
      text.replace(at, key.size(), value);
    }
  }
  return text;
}

// A submission that runs cat | sort in a child's child, beside a second server, a peer and a
// helper.
struct SceneTest : ::testing::Test {
  SceneTest() {
    submission = b.Start("submission", "/lab/main");
    pipe = b.Pipe(submission, 3, 4, record::Location{"main.c", 14, "main"});
    cat = b.Fork(submission);
    b.Dup(cat, 4, 1).Close(cat, 3).Close(cat, 4).Exec(cat, "/usr/bin/cat");
    helper = b.ForkInternal(submission);
    sort = b.Fork(submission);
    b.Dup(sort, 3, 0).Close(sort, 3).Close(sort, 4).Exec(sort, "/usr/bin/sort");
    grandchild = b.Fork(sort);
    b.Close(grandchild, 0);
    worker = b.Fork(submission);
    b.Close(submission, 3)
        .Close(submission, 4)
        .Close(worker, 3)
        .Close(worker, 4)
        .Close(helper, 3)
        .Close(helper, 4);
    second = b.Start("second", "/lab/main", {}, false, "server");
    peer = b.Start("shell", "/usr/bin/sort", {}, true);
    b.Group(cat, 7).Group(sort, 7).Group(grandchild, 7);
    b.Listen(second, 5, "127.0.0.1:8080");
    b.Listen(second, 6, "/lab/S", "unix");
    b.Open(cat, 9, "/lab/words", true, false);
    b.Snapshot("running");
    b.Exit(cat);
    b.Reap(submission, cat);
    b.Exec(worker, "/usr/bin/sort");
    b.Snapshot("later");
    b.Exit(sort).Reap(submission, sort);
    b.Output("submission.stdout", "hola\n");
    recording = b.Build();
  }

  std::vector<ProcessIndex> Resolve(const std::string& text, const std::string& at = "") {
    const Scene scene(exercise, recording);
    const auto who = spec::ParseWho(
        text, [](const std::string& word) { return word == "second" || word == "shell"; });
    EXPECT_TRUE(who.has_value()) << text;
    return scene.Resolve(*who, at.empty() ? nullptr : recording.snapshot(at));
  }

  RecordingBuilder b;
  int pipe = 0;
  ProcessIndex submission = 0, cat = 0, helper = 0, sort = 0, grandchild = 0, worker = 0,
               second = 0, peer = 0;
  spec::Exercise exercise;
  record::Recording recording;
};

TEST_F(SceneTest, SubmissionIsTheProcessStartedFirst) {
  EXPECT_THAT(Resolve("submission"), ElementsAre(submission));
  EXPECT_THAT(Resolve("submission", "running"), ElementsAre(submission));
}

TEST_F(SceneTest, AllLeavesOutPeersAndHelpers) {
  EXPECT_THAT(Resolve("all"), ElementsAre(submission, cat, sort, grandchild, worker, second));
  EXPECT_THAT(Resolve("all", "later"), ElementsAre(submission, sort, grandchild, worker, second));
}

TEST_F(SceneTest, NamesAreThoseOfStepsAndPeers) {
  EXPECT_THAT(Resolve("second"), ElementsAre(second));
  EXPECT_THAT(Resolve("shell"), ElementsAre(peer));
}

TEST_F(SceneTest, ProgramsMatchWhatRunsAtASnapshotAndWhatEverRanWithout) {
  EXPECT_THAT(Resolve("cat"), ElementsAre(cat));
  EXPECT_THAT(Resolve("cat", "later"), IsEmpty());
  // A child that has not executed anything runs its parent's program.
  EXPECT_THAT(Resolve("sort", "running"), ElementsAre(sort, grandchild, peer));
  EXPECT_THAT(Resolve("sort", "later"), ElementsAre(sort, grandchild, worker, peer));
  EXPECT_THAT(Resolve("sort"), ElementsAre(sort, grandchild, worker, peer));
  EXPECT_THAT(Resolve("wc"), IsEmpty());
}

TEST_F(SceneTest, ProgramsAreKnownByTheFileBehindTheirNameToo) {
  for (auto& [name, snapshot] : recording.snapshots) {
    for (auto& state : snapshot.processes) {
      if (state.process == sort) state.executable = "/usr/bin/gsort";
    }
  }
  EXPECT_THAT(Resolve("gsort", "running"), ElementsAre(sort));
  EXPECT_THAT(Resolve("gsort"), ElementsAre(sort));
  EXPECT_THAT(Resolve("sort", "running"), ElementsAre(sort, grandchild, peer));
}

TEST_F(SceneTest, ANumberMeansTheSameProcessWhenTheFirstHasGone) {
  EXPECT_THAT(Resolve("sort#1", "running"), ElementsAre(sort));
  EXPECT_THAT(Resolve("sort#2", "running"), ElementsAre(grandchild));
  EXPECT_THAT(Resolve("sort#1", "end"), IsEmpty());
  EXPECT_THAT(Resolve("sort#2", "end"), ElementsAre(grandchild));
  EXPECT_THAT(Resolve("sort#9"), IsEmpty());
}

TEST_F(SceneTest, ChildrenAreCountedByBirthAndStayTheSame) {
  EXPECT_THAT(Resolve("submission/1"), ElementsAre(cat));
  EXPECT_THAT(Resolve("submission/2"), ElementsAre(sort)) << "the helper does not count";
  EXPECT_THAT(Resolve("submission/1", "later"), IsEmpty());
  EXPECT_THAT(Resolve("submission/2", "later"), ElementsAre(sort));
  EXPECT_THAT(Resolve("submission/9"), IsEmpty());
}

TEST_F(SceneTest, ChildrenAndDescendantsAreThoseByBirthAdoptedOrNot) {
  EXPECT_THAT(Resolve("submission/*"), ElementsAre(cat, sort, worker));
  EXPECT_THAT(Resolve("submission/*/*"), ElementsAre(grandchild));
  EXPECT_THAT(Resolve("submission/**"), ElementsAre(cat, sort, grandchild, worker));
  EXPECT_THAT(Resolve("submission/**", "end"), ElementsAre(grandchild, worker))
      << "adopted by init";
  EXPECT_THAT(Resolve("cat/*"), IsEmpty());
}

TEST_F(SceneTest, ListenersAreFoundByPortAndByPath) {
  EXPECT_THAT(Resolve("listens:8080"), ElementsAre(second));
  EXPECT_THAT(Resolve("listens:8080", "running"), ElementsAre(second));
  EXPECT_THAT(Resolve("listens:80", "running"), IsEmpty());
  EXPECT_THAT(Resolve("listens:S"), ElementsAre(second));
  EXPECT_THAT(Resolve("listens:/lab/S", "running"), ElementsAre(second));
  EXPECT_THAT(Resolve("listens:8080/*"), IsEmpty());
}

TEST_F(SceneTest, ListenersBetweenSnapshotsAreFoundByTheirCalls) {
  recording.snapshots.clear();
  EXPECT_THAT(Resolve("listens:8080"), ElementsAre(second));
  EXPECT_THAT(Resolve("listens:81"), IsEmpty());
}

TEST_F(SceneTest, HoldersHaveTheFileOpen) {
  EXPECT_THAT(Resolve("holds:words", "running"), ElementsAre(cat));
  EXPECT_THAT(Resolve("holds:words", "later"), IsEmpty());
  EXPECT_THAT(Resolve("holds:words"), ElementsAre(cat));
  EXPECT_THAT(Resolve("holds:/lab/other"), IsEmpty());
}

TEST_F(SceneTest, GroupsAreThoseOfTheProcessAtTheSnapshot) {
  EXPECT_THAT(Resolve("group:cat", "running"), ElementsAre(cat, sort, grandchild));
  EXPECT_THAT(Resolve("group:cat"), ElementsAre(cat, sort, grandchild));
  EXPECT_THAT(Resolve("group:submission", "running"), ElementsAre(submission, helper, worker));
}

TEST_F(SceneTest, AGroupOutlivesItsLeader) {
  RecordingBuilder builder;
  const ProcessIndex leader = builder.Start("submission", "/lab/main");
  const ProcessIndex child = builder.Fork(leader);
  builder.Exit(leader).Snapshot("orphaned");
  recording = builder.Build();
  EXPECT_THAT(Resolve("group:submission", "orphaned"), ElementsAre(child));
}

TEST_F(SceneTest, AListIsAUnionAndNamesWhomItLacks) {
  const Scene scene(exercise, recording);
  const auto who = [](const std::string& word) {
    return *spec::ParseWho(word, [](const std::string&) { return false; });
  };
  const spec::WhoList list{who("sort"), who("cat"), who("sort#1"), who("wc")};
  EXPECT_THAT(scene.Resolve(list), ElementsAre(cat, sort, grandchild, worker, peer));
  ASSERT_NE(scene.FirstUnmatched(list), nullptr);
  EXPECT_EQ(scene.FirstUnmatched(list)->word, "wc");
  EXPECT_EQ(scene.FirstUnmatched({who("sort")}), nullptr);
}

TEST_F(SceneTest, AnUnfinishedGroupMatchesNobody) {
  const Scene scene(exercise, recording);
  spec::Who broken;
  broken.base = spec::Who::Base::kGroup;
  EXPECT_THAT(scene.Resolve(broken), IsEmpty());
}

TEST_F(SceneTest, NamesProcessesForPeople) {
  const Scene scene(exercise, recording);
  EXPECT_EQ(Told(scene.NameOf(submission)), "your program (process 2)");
  EXPECT_EQ(Told(scene.NameOf(cat)), "cat (process 3)");
  EXPECT_EQ(Told(scene.NameOf(second)), "second (process 8)");
  EXPECT_EQ(Told(scene.NameOf(worker, recording.snapshot("running"))),
            "child 4 of your program (process 7)");
  EXPECT_EQ(Told(scene.NameOf(worker)), "sort (process 7)");
  EXPECT_EQ(Told(scene.NameOf(grandchild)), "child 1 of sort (process 6)");
  EXPECT_EQ(Told(scene.ShortNameOf(grandchild)), "child 1 of sort");
  EXPECT_EQ(Told(scene.NameOf(record::kGrader)), "the grader");
  EXPECT_EQ(Told(scene.NameOf(99)), "the grader");
}

TEST_F(SceneTest, NamesAProcessOfUnknownOriginByItsNumber) {
  recording.processes[static_cast<size_t>(peer)].started_as = "";
  recording.events.clear();
  recording.snapshots.clear();
  const Scene scene(exercise, recording);
  EXPECT_EQ(Told(scene.NameOf(peer)), "process 9");
}

TEST_F(SceneTest, KnowsWhatAProcessRuns) {
  const Scene scene(exercise, recording);
  EXPECT_EQ(scene.ProgramOf(worker, recording.snapshot("running")), "main");
  EXPECT_EQ(scene.ProgramOf(worker), "sort");
  EXPECT_EQ(scene.ProgramOf(99), "");
}

TEST_F(SceneTest, NamesObjectsForPeople) {
  const record::Snapshot& running = *recording.snapshot("running");
  const int file = b.NewObject(ObjectKind::kFile, "/lab/a\x1b[31m");
  const int fifo = b.NewObject(ObjectKind::kFifo, "/lab/fifo");
  const int terminal = b.NewObject(ObjectKind::kTerminal, "/dev/pts/0");
  const int screen = b.NewObject(ObjectKind::kTerminal, "/dev/pts/1", "terminal");
  const int input = b.NewObject(ObjectKind::kPipe, "pipe", "stdin");
  const int output = b.NewObject(ObjectKind::kPipe, "pipe", "submission.stdout");
  b.Connection("a");
  const int connection = b.NewObject(ObjectKind::kSocket, "socket", "a");
  const int loose = b.NewObject(ObjectKind::kSocket, "socket");
  const int idle = b.NewObject(ObjectKind::kPipe, "pipe");
  record::Recording more = b.Build();
  const Scene scene(exercise, more);
  EXPECT_EQ(Told(scene.NameOfObject(pipe, running)), "the pipe from cat to sort");
  EXPECT_EQ(Told(scene.NameOfObject(file, running)), "a\\x1b[31m");
  EXPECT_EQ(Told(scene.NameOfObject(fifo, running)), "the FIFO fifo");
  EXPECT_EQ(Told(scene.NameOfObject(terminal, running)), "the terminal");
  EXPECT_EQ(Told(scene.NameOfObject(screen, running)), "the terminal");
  EXPECT_EQ(Told(scene.NameOfObject(input, running)), "the standard input");
  EXPECT_EQ(Told(scene.NameOfObject(output, running)), "the standard output");
  EXPECT_EQ(Told(scene.NameOfObject(connection, running)), "the connection 'a'");
  EXPECT_EQ(Told(scene.NameOfObject(loose, running)), "a socket");
  EXPECT_EQ(Told(scene.NameOfObject(idle, running)), "a pipe");
  EXPECT_EQ(Told(scene.NameOfObject(0, running)), "something unknown");
  // Its name stays when its pipeline has gone.
  EXPECT_EQ(Told(scene.NameOfObject(pipe, *more.snapshot("end"))), "the pipe from cat to sort");
  more.snapshots.erase("running");
  EXPECT_EQ(Told(Scene(exercise, more).NameOfObject(pipe, *more.snapshot("end"))),
            "the pipe that your program made as descriptors 3 and 4");
}

TEST_F(SceneTest, NamesSocketsByTheirAddresses) {
  record::Snapshot& running = recording.snapshots.at("running");
  const int listening = running.sockets.begin()->first;
  const Scene scene(exercise, recording);
  EXPECT_EQ(Told(scene.NameOfObject(listening, running)),
            "the socket that listens on 127.0.0.1:8080");
  running.sockets[listening] = {.family = "inet",
                                .type = "stream",
                                .local = "127.0.0.1:4",
                                .remote = "127.0.0.1:7",
                                .state = ""};
  EXPECT_EQ(Told(scene.NameOfObject(listening, running)), "the socket to 127.0.0.1:7");
  running.sockets[listening] = {};
  EXPECT_EQ(Told(scene.NameOfObject(listening, running)), "a socket");
}

TEST_F(SceneTest, NamesAConnectionByTheSideWhosePortTheProgramChose) {
  b.Accept(second, 5, 9);
  const int object = b.raw().objects.empty() ? 0 : static_cast<int>(b.raw().objects.size());
  record::SocketState state{.family = "inet", .type = "stream"};
  state.local = "127.0.0.1:8080";
  state.remote = "127.0.0.1:40123";
  b.Socket(object, state).Snapshot("talking");
  const record::Recording talking = b.Build();
  const Scene scene(exercise, talking);
  EXPECT_EQ(Told(scene.NameOfObject(object, *talking.snapshot("talking"))),
            "a connection that came in at 127.0.0.1:8080");
}

TEST_F(SceneTest, TellsNoPortThatTheKernelChose) {
  const Scene scene(exercise, recording);
  const auto& [object, socket] = *recording.snapshots.at("running").sockets.begin();
  EXPECT_EQ(Told(scene.ListeningAddress(object, socket)), "127.0.0.1:8080");
  record::SocketState other = socket;
  other.local = "0.0.0.0:44223";
  EXPECT_EQ(Told(scene.ListeningAddress(object, other)), "0.0.0.0 at a port that the kernel chose");
  other.family = "unix";
  other.local = "/lab/S";
  EXPECT_EQ(Told(scene.ListeningAddress(object, other)), "/lab/S");
}

// --- Streams.

TEST_F(SceneTest, CutsAStreamAtASnapshot) {
  const Scene scene(exercise, recording);
  EXPECT_EQ(scene.StreamAt("submission.stdout"), "hola\n");
  EXPECT_EQ(scene.StreamAt("submission.stdout", recording.snapshot("end")), "hola\n");
  EXPECT_EQ(scene.StreamAt("submission.stdout", recording.snapshot("running")), "");
  EXPECT_EQ(scene.StreamAt("nothing.stdout"), "");
}

TEST_F(SceneTest, KnowsStreamsWithoutAByte) {
  b.Connection("a");
  exercise.scenarios["plain"].terminal = false;
  recording = b.Build();
  recording.streams.clear();
  const Scene scene(exercise, recording);
  EXPECT_TRUE(scene.HasStream("submission.stdout"));
  EXPECT_TRUE(scene.HasStream("second.stderr"));
  EXPECT_TRUE(scene.HasStream("a.received"));
  EXPECT_FALSE(scene.HasStream("third.stdout"));
  EXPECT_FALSE(scene.HasStream("b.received"));
  EXPECT_FALSE(scene.HasStream("terminal"));
  exercise.scenarios["plain"].terminal = true;
  EXPECT_TRUE(scene.HasStream("terminal"));
}

TEST_F(SceneTest, AGroupOfConnectionsHasAStreamForEach) {
  spec::Scenario scenario;
  scenario.steps.push_back(
      {.action = spec::Connect{.as = "c", .port = 7, .path = "", .count = 11, .within = {}},
       .text = ""});
  exercise.scenarios["plain"] = scenario;
  const Scene scene(exercise, recording);
  const auto streams = scene.StreamsNamed("c.received");
  ASSERT_EQ(streams.size(), 11u);
  EXPECT_EQ(streams[0], "c1.received");
  EXPECT_EQ(streams[10], "c11.received");
  EXPECT_THAT(scene.StreamsNamed("submission.stdout"), ElementsAre("submission.stdout"));
  EXPECT_THAT(scene.StreamsNamed("d.received"), ElementsAre("d.received"));
  EXPECT_THAT(scene.StreamsNamed("terminal"), ElementsAre("terminal"));
}

// --- Placeholders.

TEST_F(SceneTest, GivesPlaceholdersTheirValues) {
  b.Connection("a", "127.0.0.1:40000", "[::1]:7");
  b.Connection("odd", "", "nowhere");
  record::Recording more = b.Build();
  spec::Scenario scenario;
  scenario.peers.push_back({.name = "server",
                            .port = 13,
                            .path = "",
                            .command = {},
                            .solution = "",
                            .args = {},
                            .input = {},
                            .mark = {}});
  scenario.peers.push_back({.name = "unix",
                            .path = "S",
                            .command = {},
                            .solution = "",
                            .args = {},
                            .input = {},
                            .mark = {}});
  exercise.scenarios["plain"] = scenario;
  const Scene scene(exercise, more);
  EXPECT_EQ(scene.ValueOf("submission.pid"), "2");
  EXPECT_EQ(scene.ValueOf("submission.ppid"), "1");
  EXPECT_EQ(scene.ValueOf("submission/1.pid"), "3");
  EXPECT_EQ(scene.ValueOf("submission/1.ppid"), "2");
  EXPECT_EQ(scene.ValueOf("sort#2.pid"), "6");
  EXPECT_EQ(scene.ValueOf("second.pid"), "8");
  EXPECT_EQ(scene.ValueOf("listens:8080.pid"), "8");
  EXPECT_EQ(scene.ValueOf("wc.pid"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("#.pid"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("a.client"), "127.0.0.1:40000");
  EXPECT_EQ(scene.ValueOf("a.client.ip"), "127.0.0.1");
  EXPECT_EQ(scene.ValueOf("a.client.port"), "40000");
  EXPECT_EQ(scene.ValueOf("a.server"), "[::1]:7");
  EXPECT_EQ(scene.ValueOf("a.server.ip"), "::1");
  EXPECT_EQ(scene.ValueOf("odd.client"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("odd.server.port"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("b.client.ip"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("server.port"), "13");
  EXPECT_EQ(scene.ValueOf("server.ip"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("unix.port"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("cwd"), "/lab");
  EXPECT_EQ(scene.ValueOf("n"), std::nullopt);
  EXPECT_EQ(scene.ValueOf("a.colour"), std::nullopt);
}

TEST_F(SceneTest, WhatTheRunWroteDownComesFirst) {
  recording.placeholders = {
      {"submission.pid", "4711"}, {"cwd", "/home/x"}, {"server.port", "20001"}};
  const Scene scene(exercise, recording);
  EXPECT_EQ(scene.ValueOf("submission.pid"), "4711");
  EXPECT_EQ(scene.ValueOf("server.port"), "20001");
  EXPECT_EQ(scene.AbsolutePath("x/../y/"), "/home/x/y");
}

TEST_F(SceneTest, PathsAreThoseOfTheWorkingDirectory) {
  const Scene scene(exercise, recording);
  EXPECT_EQ(scene.AbsolutePath("words"), "/lab/words");
  EXPECT_EQ(scene.AbsolutePath("/tmp/./x"), "/tmp/x");
  EXPECT_EQ(scene.AbsolutePath("out.{submission.pid}"), "/lab/out.2");
}

// A student's file may be named like a placeholder: names that the kernel gave are not substituted.
TEST_F(SceneTest, DoesNotFollowPlaceholdersInNamesOfFiles) {
  b.NewObject(ObjectKind::kFile, "/lab/{holds:x.pid}");
  const record::Recording more = b.Build();
  const Scene scene(exercise, more);
  EXPECT_EQ(scene.ValueOf("holds:x.pid"), std::nullopt);
}

}  // namespace
}  // namespace plumbline::evaluate

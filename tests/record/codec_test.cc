// SPDX-License-Identifier: MIT
#include <signal.h>

#include <nlohmann/json.hpp>

#include "record/recording.h"
#include "tests/support/recording_builder.h"

namespace plumbline::record {
namespace {

using ::testing::HasSubstr;
using testing::RecordingBuilder;
using Json = nlohmann::json;

const Location kHere{"main.c", 14, "main"};

// One of everything that a recording can hold.
Recording Everything() {
  RecordingBuilder b;
  b.Perturbed("interleavings", 7).Placeholder("submission.pid", "2").Step(0);
  const ProcessIndex submission =
      b.Start("submission", "/lab/main", {"main", "\xff\xfe"}, false, "server");
  b.Pipe(submission, 3, 4, kHere);
  const ProcessIndex cat = b.Fork(submission, Born::How::kVfork);
  const ProcessIndex helper = b.ForkInternal(submission);
  b.Event(submission, Born{helper, Born::How::kClone});
  b.Thread(submission, 77);
  b.Exec(cat, "/usr/bin/cat", {"cat", "words"}, {"A=1", "B=\x80"})
      .Exec(cat, "/nowhere", {"x"}, {}, 2);
  b.Catch(submission, SIGUSR1)
      .Ignore(submission, SIGPIPE)
      .Block(submission, SIGTERM)
      .Pending(submission, SIGTERM);
  b.SignalSent(kGrader, submission, SIGUSR1, SignalSent::Cause::kStep);
  b.SignalSent(submission, cat, 0, SignalSent::Cause::kCall, kHere);
  for (const int no_signal : {99, -1})
    b.Event(submission, SignalSent{no_signal, {}, SignalSent::Cause::kCall, "kill", EINVAL});
  for (const auto cause :
       {SignalSent::Cause::kKey, SignalSent::Cause::kTimer, SignalSent::Cause::kKernel}) {
    b.Event(cat, SignalSent{SIGALRM, {}, cause, "", 3});
  }
  for (const auto effect : {SignalDelivered::Effect::kHandled, SignalDelivered::Effect::kIgnored,
                            SignalDelivered::Effect::kTerminated, SignalDelivered::Effect::kStopped,
                            SignalDelivered::Effect::kContinued}) {
    b.Delivered(submission, SIGUSR1, effect, kGrader, "read");
  }
  b.Event(submission,
          SignalDelivered{SIGSEGV, -6, std::nullopt, SignalDelivered::Effect::kHandled, ""});
  b.Event(helper, Exited{.killed_by = SIGSEGV, .stack = {kHere, kHere}, .address = "0x8"});
  b.raw().machine.faults[helper] = 8;
  b.raw().machine.losses["total"] = 3;
  b.raw().overtakings.push_back(
      {.first = {.process = kGrader},
       .passed = {.process = cat, .writes = true, .read = true, .where = kHere},
       .signal = true});
  b.raw().fault = Standing{.process = cat, .call = "read", .where = kHere};
  b.Stop(cat, SIGTSTP).Continue(cat);
  b.Advance(std::chrono::milliseconds(1500));
  b.Connection("a").Ended("a", Ended::kHalfClosed);
  const int listening = b.Listen(submission, 5, "127.0.0.1:7");
  b.Accept(submission, 5, 6, "a");
  b.Write(submission, 6, std::string("\0\xff", 2));
  b.Socket(listening, {"inet", "stream", "127.0.0.1:7", "", true, "LISTEN", 1, uint64_t{1} << 63});
  b.Open(submission, 7, "/lab/caf\xe9", true, true)
      .Write(submission, 4, "x", kHere)
      .Read(cat, 3, "x")
      .ReadEnd(cat, 3);
  b.CutStream("a.received", 1u << 30).Output("submission.stdout", "hola\n");
  b.File("caf\xe9", "\xff", 0600).File("fifo", "", 0644, ObjectKind::kFifo);
  b.raw().events.back().time = std::chrono::hours(1);
  b.Share(submission, 1, true, "/dev/shm/x")
      .MemoryHash(1, "abc")
      .Ipc("semaphore", "System V 3 (key 0x1)");
  b.TerminalSettings("echo on")
      .Terminal(submission, true)
      .Usage(submission, {Duration(5), 2, 4096, 3});
  b.Call(cat, {.name = "openat",
               .family = "open",
               .args = {{"path", "/x"}},
               .result = -1,
               .error = 2,
               .restarted = true});
  b.Asleep(submission, "read", 3, kHere, {3, 0xffffffffffffffff, 64});
  b.Snapshot("running");
  Snapshot& running = b.raw().snapshots["running"];
  running.files_cut = true;
  running.files["link"] = {ObjectKind::kDevice, 0777, 3, "", true, "words"};
  Blocked& blocked = *running.processes[0].threads[0].blocked;
  blocked.deadline = std::chrono::seconds(9);
  blocked.signals = {SIGUSR1, 64};
  blocked.awaits = {.thing = record::Thing::kSemaphoreSet,
                    .name = "0",
                    .number = 2,
                    .writes = true,
                    .memory = 1,
                    .offset = 8,
                    .by = {{1, Pid{7}}},
                    .asked = {{3, 1, true, true}}};
  running.processes[0].descriptors[3] = {1, true, true, true, true, true, -1};
  for (int kind = 0; kind <= static_cast<int>(ObjectKind::kOther); ++kind) {
    b.NewObject(static_cast<ObjectKind>(kind), "object", kind == 2 ? "stdin" : "");
  }
  for (int state = 0; state <= static_cast<int>(ProcessState::kHeld); ++state) {
    b.State(submission, static_cast<ProcessState>(state)).Snapshot("state" + std::to_string(state));
  }
  b.Exit(cat, 3)
      .Reap(submission, cat, true)
      .Exit(submission, 0, SIGKILL)
      .Event(submission, UnsafeCalled{SIGUSR1, "printf"})
      .Event(submission, ErrnoChanged{SIGUSR1, EINTR, ECHILD})
      .Event(kGrader, Cut{"too many"});
  b.Stuck(4, "await: exit", "deadlock");
  Recording recording = b.Build();
  recording.error = Error{"broken", "mend it", 5};
  recording.machine.real_time = std::chrono::milliseconds(12);
  recording.machine.processor = std::chrono::milliseconds(3);
  recording.machine.peak_memory = 1 << 20;
  recording.machine.calls = 77;
  recording.machine.jumps = {{std::chrono::seconds(1), std::chrono::seconds(1)},
                             {std::chrono::milliseconds(3030), std::chrono::seconds(3)}};
  return recording;
}

TEST(RecordingCodec, BringsBackEveryKindOfEventInBothForms) {
  const Recording recording = Everything();
  std::set<size_t> kinds;
  for (const Event& event : recording.events) kinds.insert(event.what.index());
  ASSERT_EQ(kinds.size(), std::variant_size_v<Happening>) << "the sample lacks a kind of event";

  const std::string json = ToJson(recording);
  const Result<Recording> from_json = FromJson(json);
  ASSERT_TRUE(from_json.has_value()) << from_json.error().ToString();
  EXPECT_EQ(ToJson(*from_json), json);
  const Result<Recording> from_cbor = FromCbor(ToCbor(recording));
  ASSERT_TRUE(from_cbor.has_value()) << from_cbor.error().ToString();
  EXPECT_EQ(ToJson(*from_cbor), json);
}

TEST(RecordingCodec, BringsBackValuesAsTheyWere) {
  const Recording before = Everything();
  const Recording after = FromJson(ToJson(before)).value();
  EXPECT_EQ(after.header.observed, before.header.observed);
  EXPECT_EQ(after.header.seed, 7u);
  EXPECT_EQ(after.events.size(), before.events.size());
  EXPECT_EQ(std::get<Executed>(after.events[2].what).argv[1], "\xff\xfe");
  EXPECT_EQ(after.streams.at("a.received").bytes, std::string("\0\xff", 2));
  EXPECT_EQ(after.streams.at("a.received").total, uint64_t{1} << 30);
  EXPECT_EQ(after.connections.at("a").name, "a");
  EXPECT_EQ(after.status, before.status);
  EXPECT_EQ(after.outcome, Outcome::kStuck);
  EXPECT_EQ(after.stuck->awaited, "await: exit");
  EXPECT_EQ(after.error->hint, "mend it");
  const Snapshot& running = after.snapshots.at("running");
  EXPECT_EQ(running.name, "running");
  EXPECT_EQ(running.files.at("caf\xe9").content, "\xff");
  EXPECT_EQ(running.sockets.begin()->second.unsent, uint64_t{1} << 63);
  EXPECT_EQ(running.processes[0].descriptors,
            before.snapshots.at("running").processes[0].descriptors);
  EXPECT_EQ(running.processes[0].shared, before.snapshots.at("running").processes[0].shared);
  const Blocked& blocked = *running.processes[0].threads[0].blocked;
  EXPECT_EQ(blocked.where, kHere);
  EXPECT_THAT(blocked.args, ::testing::ElementsAre(3, 0xffffffffffffffff, 64));
  EXPECT_EQ(blocked.deadline, std::chrono::seconds(9));
  ASSERT_TRUE(blocked.awaits);
  EXPECT_EQ(blocked.awaits->thing, record::Thing::kSemaphoreSet);
  EXPECT_THAT(blocked.awaits->by, ::testing::ElementsAre(record::HeldBy{1, Pid{7}}));
  EXPECT_THAT(blocked.awaits->asked, ::testing::ElementsAre(record::Asked{3, 1, true, true}));
  EXPECT_EQ(after.machine.host_pids, before.machine.host_pids);
  EXPECT_EQ(after.machine.usage.at("running").at(0).wakeups, 2u);
  EXPECT_EQ(after.machine.real_time, std::chrono::milliseconds(12));
}

TEST(RecordingCodec, BringsBackAnEmptyRecording) {
  const Recording empty = FromJson(ToJson(Recording{})).value();
  EXPECT_EQ(ToJson(empty), ToJson(Recording{}));
}

// What differs from run to run of the same program has no place in the canonical half.
TEST(CanonicalJson, HasNoNumbersOfTheMachine) {
  Recording one = Everything();
  Recording other = one;
  other.machine = {};
  other.machine.jumps = one.machine.jumps;
  other.machine.host_pids = {HostPid{123456}};
  other.machine.real_time = std::chrono::hours(1);
  other.header.isolation = "C";
  other.header.version = "9.9.9";
  other.error->message = "/home/teacher/x";
  other.snapshots["running"].processes[0].threads[0].blocked->args = {1, 2, 3};
  EXPECT_TRUE(CanonicalJson(one) == CanonicalJson(other));
  EXPECT_NE(ToJson(one), ToJson(other));
  EXPECT_THAT(CanonicalJson(one), Not(HasSubstr("real_time")));
  EXPECT_THAT(CanonicalJson(one), Not(HasSubstr("host_pids")));

  other.events[3].time += std::chrono::seconds(1);
  EXPECT_NE(CanonicalJson(one), CanonicalJson(other));
}

record::Recording Waiting(Duration computed) {
  Recording recording;
  recording.virtual_time = std::chrono::seconds(2);
  recording.machine.jumps = {{computed + std::chrono::seconds(2), std::chrono::seconds(2)}};
  recording.events = {{.time = computed}, {.time = computed + std::chrono::seconds(2)}};
  Snapshot& snapshot = recording.snapshots["waiting"];
  snapshot.name = "waiting";
  snapshot.time = computed;
  Thread thread;
  thread.blocked.emplace();
  thread.blocked->deadline = computed + std::chrono::seconds(2);
  snapshot.processes.push_back({.threads = {thread}});
  recording.processes.emplace_back();
  return recording;
}

// A slow machine, or one with cold caches, computes for longer until the program waits.
TEST(CanonicalJson, HasNoTimesOfComputing) {
  const auto soon = std::chrono::milliseconds(49);
  const auto late = std::chrono::milliseconds(151);
  EXPECT_EQ(CanonicalJson(Waiting(soon)), CanonicalJson(Waiting(late)));
  Recording waits_more = Waiting(soon);
  waits_more.machine.jumps.front().waited += std::chrono::seconds(1);
  EXPECT_NE(CanonicalJson(Waiting(soon)), CanonicalJson(waits_more));
}

// --- What is refused.

std::string Refused(const std::function<void(Json&)>& break_it) {
  Json document = Json::parse(ToJson(Everything()));
  break_it(document);
  const Result<Recording> result = FromJson(document.dump());
  return result ? "nothing" : result.error().ToString();
}

TEST(RecordingCodec, RefusesOtherFormatsAndVersions) {
  EXPECT_THAT(Refused([](Json& d) { d["format"] = "plumbline/recording/2"; }),
              AllOf(HasSubstr("plumbline/recording/2"), HasSubstr("this program reads"),
                    HasSubstr("run the submission again")));
  EXPECT_THAT(Refused([](Json& d) { d.erase("format"); }), HasSubstr("format: is missing"));
  EXPECT_THAT(Refused([](Json& d) { d["format"] = 1; }), HasSubstr("format: is missing"));
  EXPECT_THAT(Refused([](Json& d) { d = 5; }), HasSubstr("document: is not an object"));
  EXPECT_THAT(Refused([](Json& d) { d.erase("canonical"); }), HasSubstr("canonical: is missing"));
  EXPECT_THAT(Refused([](Json& d) { d.erase("machine"); }), HasSubstr("machine: is missing"));
  EXPECT_THAT(Refused([](Json& d) { d["canonical"] = "x"; }),
              HasSubstr("canonical: is not an object"));
}

struct Broken {
  std::string at;  // JSON pointer
  Json value;
  std::string message;
};

void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.at << " = " << broken.value;
}

class BrokenDocument : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenDocument, IsRefusedWithThePlaceAndTheReason) {
  const std::string message =
      Refused([](Json& d) { d[Json::json_pointer(GetParam().at)] = GetParam().value; });
  EXPECT_THAT(message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenDocument,
    ::testing::Values(
        Broken{"/canonical/header", 1, "canonical.header: is not an object"},
        Broken{"/canonical/header/exercise", 1, "canonical.header.exercise: is neither text nor"},
        Broken{"/canonical/header/exercise", {{"base64", "!!!!"}}, "is neither text nor"},
        Broken{"/canonical/header/exercise", {{"base64", "abc"}}, "is neither text nor"},
        Broken{"/canonical/header/exercise", {{"base64", 1}}, "is neither text nor"},
        Broken{"/canonical/header/exercise", {{"base65", "QQ=="}}, "is neither text nor"},
        Broken{"/canonical/header/observed",
               {"smell"},
               "canonical.header.observed: 'smell' is no facet"},
        Broken{"/canonical/header/observed", "x", "canonical.header.observed: is not a list"},
        Broken{
            "/canonical/header/observed", {1}, "canonical.header.observed[0]: is neither text nor"},
        Broken{"/canonical/header/seed", -1, "canonical.header.seed: -1 is out of range"},
        Broken{"/canonical/events", Json::object(), "canonical.events: is not a list"},
        Broken{"/canonical/events/0", 3, "canonical.events[0]: is not an object"},
        Broken{"/canonical/events/0/kind", "danced",
               "canonical.events[0].kind: 'danced' is no kind of event"},
        Broken{"/canonical/events/0/kind", 3, "canonical.events[0].kind: is not a word"},
        Broken{"/canonical/events/0/by", 99,
               "canonical.events[0].by: 99 is out of range (-1 to 2)"},
        Broken{"/canonical/events/0/by", 1.5, "canonical.events[0].by: is not a whole number"},
        Broken{"/canonical/events/0/time", -5, "canonical.events[0].time: -5 is out of range"},
        Broken{"/canonical/events/0/where",
               {{"line", uint64_t{1} << 63}},
               "canonical.events[0].where.line: 9223372036854775808 is out of range"},
        Broken{"/canonical/events/0/where",
               {{"line", 1ll << 40}},
               "is out of range (0 to 2147483647)"},
        Broken{"/canonical/events/1/how", "magic",
               "canonical.events[1].how: 'magic' is not one of the words"},
        Broken{"/canonical/events/1/child", 3, "canonical.events[1].child: 3 is out of range"},
        Broken{"/canonical/events/3/made_object", 999,
               "canonical.events[3].made_object: 999 is out of range"},
        Broken{"/canonical/events/3/args",
               {{"a"}},
               "canonical.events[3].args[0]: is not a pair of texts"},
        Broken{"/canonical/events/3/args", Json::array({Json::array({"a", 1})}),
               "canonical.events[3].args[0]: is not a pair of texts"},
        Broken{"/canonical/events/3/restarted", "yes",
               "canonical.events[3].restarted: is neither true nor false"},
        Broken{"/canonical/processes/0/parent", 1,
               "canonical.processes[0].parent: was not born before its child"},
        Broken{"/canonical/processes/0/parent", 0,
               "canonical.processes[0].parent: was not born before its child"},
        Broken{"/canonical/processes/0/born", 1 << 20, "canonical.processes[0].born: is no event"},
        Broken{"/canonical/processes/0/pid", -3, "canonical.processes[0].pid: -3 is out of range"},
        Broken{"/canonical/outcome", "fine", "canonical.outcome: 'fine' is no outcome"},
        Broken{"/canonical/outcome", nullptr, "canonical.outcome: is not a word"},
        Broken{"/canonical/status", 256, "canonical.status: 256 is out of range (0 to 255)"},
        Broken{"/canonical/snapshots", Json::array(), "canonical.snapshots: is not an object"},
        Broken{"/canonical/snapshots/running/event", 1 << 20,
               "canonical.snapshots.running.event: is no event"},
        Broken{"/canonical/snapshots/running/processes/1/process", 0,
               "canonical.snapshots.running.processes[1].process: is not in order of birth"},
        Broken{"/canonical/snapshots/running/processes/0/state", "ill",
               "processes[0].state: 'ill' is not one"},
        Broken{"/canonical/snapshots/running/processes/0/caught",
               {65},
               "processes[0].caught[0]: 65 is out of range (1 to 64)"},
        Broken{"/canonical/snapshots/running/processes/0/descriptors",
               {{{"fd", 1}}, {{"fd", 1}}},
               "descriptors[1]: is there twice"},
        Broken{"/canonical/snapshots/running/processes/0/descriptors",
               {{{"object", 1}}},
               "descriptors[0].fd: is missing"},
        Broken{"/canonical/snapshots/running/sockets/0/object", 0,
               "canonical.snapshots.running.sockets: one is of no object"},
        Broken{"/canonical/snapshots/running/connections/a/ended", "gone",
               "canonical.snapshots.running.connections.a.ended: 'gone' is not one"},
        Broken{"/machine/host_pids",
               {1, 2, 3, 4},
               "machine.host_pids: are more than the run's processes"},
        Broken{"/machine/waiting/running/calls/0/thread", 9,
               "machine.waiting: names a thread that does not wait"},
        Broken{"/machine/waiting/running/calls/0/process", 2,
               "machine.waiting: names a thread that does not wait"},
        Broken{"/machine/waiting/running/calls/0/process", -1,
               "machine.waiting: names a thread that does not wait"},
        Broken{"/machine/waiting/never",
               {{"calls", {{{"process", 0}}}}},
               "machine.waiting: names a thread that does not wait"},
        Broken{"/machine/usage/running/processes/0/process", 12,
               "machine.usage.running.processes[0].process: 12 is out of range"},
        Broken{"/machine/real_time", "1s", "machine.real_time: is not a whole number"}));

TEST(RecordingCodec, RefusesWhatIsNotADocument) {
  EXPECT_THAT(FromJson("").error().ToString(), HasSubstr("recording: no sound JSON document"));
  EXPECT_THAT(FromJson("{\"format\": ").error().ToString(),
              HasSubstr("no sound JSON document: byte"));
  EXPECT_THAT(FromCbor("").error().ToString(), HasSubstr("no sound CBOR document"));
  EXPECT_THAT(FromCbor("\x41x").error().ToString(), HasSubstr("a binary value"));
  EXPECT_THAT(FromJson("1.5").error().ToString(), HasSubstr("document: is not an object"));
}

TEST(RecordingCodec, RefusesDeepNestingWithoutFollowingIt) {
  EXPECT_THAT(FromCbor(std::string(1 << 20, '\x81')).error().ToString(),
              HasSubstr("nested deeper"));
  EXPECT_THAT(FromJson(std::string(1 << 20, '[')).error().ToString(), HasSubstr("nested deeper"));
}

TEST(RecordingCodec, RefusesMoreThanARecordingCanBe) {
  EXPECT_THAT(FromCbor(std::string((256u << 20) + 1, '\0')).error().ToString(),
              HasSubstr("is larger than any"));
  // A list of indefinite length, of very many zeros.
  EXPECT_THAT(FromCbor("\x9f" + std::string((8u << 20) + 1, '\0')).error().ToString(),
              HasSubstr("more values"));
}

// Every prefix and every flipped byte of a sound document is refused or read, never a crash.
TEST(RecordingCodec, SurvivesDamagedDocuments) {
  RecordingBuilder b;
  const ProcessIndex p = b.Start("submission", "/lab/main");
  b.Pipe(p, 3, 4, kHere);
  b.Exit(p);
  const std::string cbor = ToCbor(b.Build());
  for (size_t size = 0; size < cbor.size(); size += 7)
    EXPECT_FALSE(FromCbor(cbor.substr(0, size)).has_value());
  for (size_t i = 0; i < cbor.size(); ++i) {
    for (const int bit : {0x01, 0x20, 0x80}) {
      std::string damaged = cbor;
      damaged[i] = static_cast<char>(damaged[i] ^ bit);
      const Result<Recording> result = FromCbor(damaged);
      if (!result) continue;
      EXPECT_TRUE(FromCbor(ToCbor(*result)).has_value());
    }
  }
}

}  // namespace
}  // namespace plumbline::record

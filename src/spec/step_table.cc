// SPDX-License-Identifier: MIT
#include "base/syscalls.h"
#include "base/text.h"
#include "spec/tables.h"

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;

constexpr const char* kWithin = "How much virtual time this may take (10min).";
constexpr int kMostConnections = 10'000;
constexpr int kMostPieces = 1'000'000;

Type<std::string> ChannelType() {
  return MentionType(Kind::kChannel, "a channel (stdin, NAME.stdin, terminal or a connection)");
}

// --- await

template <typename T>
Shape<Action> Wait(const char* key, Keys<T> keys) {
  keys.push_back(Optional("within", kWithin, SomeDurationType(), &T::within));
  return {key, As<Action>(Object<T>("a wait", std::move(keys)))};
}

Type<AwaitListening> ListeningType() {
  return {"a port or a path",
          [](Reader& reader, const Node& node) -> std::optional<AwaitListening> {
            AwaitListening await;
            if (IsPlainNumber(node)) {
              const auto port = PortType().read(reader, node);
              if (!port) return std::nullopt;
              await.port = *port;
              return await;
            }
            auto path = PlacedType("a port or a path").read(reader, node);
            if (!path) return std::nullopt;
            await.path = std::move(*path);
            return await;
          },
          [](Definitions& all) {
            return EitherOf({PortType().schema(all), PlacedType().schema(all)});
          }};
}

Key<AwaitListening> ListeningKey() {
  const Type<AwaitListening> type = ListeningType();
  return {"listening", "A port, or the path of a UNIX socket, is listened to.", true,
          [type](Reader& reader, const Node&, const Node& value, AwaitListening& await) {
            if (auto read = type.read(reader, value)) {
              await.port = read->port;
              await.path = std::move(read->path);
            }
          },
          type.schema};
}

AwaitExit SubmissionEnds() {
  return {.who = {Who{.base = Who::Base::kSubmission, .word = "submission", .text = "submission"}},
          .within = std::nullopt};
}

Type<Action> AwaitType() {
  const Type<Action> word = ChoiceType<Action>(
      {{"asleep", "Every process is at rest; time does not jump.", AwaitAsleep{}},
       {"blocked", "At rest, with no deadline left or in the same state again.", AwaitBlocked{}},
       {"exit", "The submission has ended.", SubmissionEnds()}});
  const Type<Action> map = OneOf<Action>(
      "a wait",
      {Wait<AwaitExit>("exit", {Required("exit", "They have ended.", WhoType(), &AwaitExit::who)}),
       Wait<AwaitStopped>(
           "stopped", {Required("stopped", "They are stopped.", WhoType(), &AwaitStopped::who)}),
       Wait<AwaitAlive>(
           "alive", {Required("alive", "So many of them are alive.", WhoType(), &AwaitAlive::who),
                     Required("count", "How many.", RangeType(), &AwaitAlive::count)}),
       Wait<AwaitListening>("listening", {ListeningKey()}),
       Wait<AwaitOutput>(
           "output", {Required("output", "It came, after what was awaited before.", TextType(),
                               &AwaitOutput::text),
                      Optional("of", "The stream (`submission.stdout`).",
                               MentionType(Kind::kStream, "a stream"), &AwaitOutput::stream)})});
  return WordOrMap(word, map);
}

// --- Connections and streams

Type<Action> ConnectType() {
  const Keys<Connect> keys{
      Required("as", "The connection's name.", NameType("a connection's name"), &Connect::as),
      Optional("port", "The port to connect to.", PortType(), &Connect::port),
      Optional("path", "The path of a UNIX socket or FIFO.", PlacedType("a path"), &Connect::path),
      Optional(
          "for", "Of a FIFO: which end.",
          ChoiceType<Connect::For>({{"reading", "The grader reads.", Connect::For::kReading},
                                    {"writing", "The grader writes.", Connect::For::kWriting}}),
          &Connect::purpose),
      Optional("count", "So many: `c` is `c1`, `c2` ... and all together `c`.",
               IntegerType(1, kMostConnections), &Connect::count),
      Optional("within", kWithin, SomeDurationType(), &Connect::within)};
  return As<Action>(
      Object<Connect>("a connect", keys,
                      {ExactlyOneOf("a connect", {"port", "path"}),
                       OnlyWith("for", "path", "'for' is a FIFO's, which has a path")}));
}

Type<Action> AcceptType() {
  return As<Action>(Object<Accept>(
      "an accept",
      {Required("from", "A scripted peer.", MentionType(Kind::kScriptedPeer, "a peer"),
                &Accept::from),
       Required("as", "The connection's name.", NameType("a connection's name"), &Accept::as),
       Optional("within", kWithin, SomeDurationType(), &Accept::within)}));
}

Type<Action> SendType() {
  return As<Action>(Object<Send>(
      "a send", {Required("to", "A channel.", ChannelType(), &Send::to),
                 Required("text", "What is sent.", TextType(), &Send::text),
                 Optional("pieces", "In so many pieces, each sent when the former was read.",
                          IntegerType(1, kMostPieces), &Send::pieces)}));
}

Type<uint64_t> ByteCountType() {
  return Converted<uint64_t>(
      SomeSizeType(),
      [](Reader&, const Node&, Bytes size) -> std::optional<uint64_t> { return size.count; });
}

Type<Action> ReceiveType() {
  const Keys<Receive> keys{
      Required("from", "A channel.", ChannelType(), &Receive::from),
      Optional("text", "These bytes are next.", TextType(), &Receive::text),
      Optional("contains", "These bytes come, others before them.", TextType(), &Receive::contains),
      Optional("bytes", "So many bytes come.", ByteCountType(), &Receive::bytes),
      Optional("until", "`end`: to the other side's close or reset.",
               ChoiceType<bool>({{"end", "To the close or reset.", true}}), &Receive::until_end),
      Optional("within", kWithin, SomeDurationType(), &Receive::within)};
  return As<Action>(Object<Receive>(
      "a receive", keys, {ExactlyOneOf("a receive", {"text", "contains", "bytes", "until"})}));
}

template <typename T>
Type<Action> ChannelStep(Kind kind, std::string expects, std::string T::* member) {
  return Converted<Action>(
      MentionType(kind, std::move(expects)),
      [member](Reader&, const Node&, std::string channel) -> std::optional<Action> {
        T step;
        step.*member = std::move(channel);
        return step;
      });
}

// --- The keyboard, signals, files

Type<std::string> PressedKeyType() {
  Type<std::string> type = StringType("a key");
  type.read = [read = type.read](Reader& reader, const Node& node) -> std::optional<std::string> {
    auto key = read(reader, node);
    if (!key) return std::nullopt;
    const bool control = key->size() == 6 && key->starts_with("ctrl-") && std::islower((*key)[5]);
    const auto characters =
        std::ranges::count_if(*key, [](char c) { return (c & '\xc0') != '\x80'; });
    if (!control && key != "enter" && characters != 1) {
      reader.Report(node.mark, "unknown-key-name", Quoted(*key) + " is no key",
                    "write ctrl-a to ctrl-z, enter, or one character");
      return std::nullopt;
    }
    reader.MentionOf(Kind::kKey, *key, node.mark);
    return key;
  };
  type.schema = [](Definitions&) {
    return PatternSchema("^(ctrl-[a-z]|enter|[\\s\\S])$", "ctrl-a to ctrl-z, enter, a character");
  };
  return type;
}

Type<Action> PressType() {
  return Converted<Action>(
      OneOrMany(PressedKeyType()),
      [](Reader&, const Node&, std::vector<std::string> keys) -> std::optional<Action> {
        return Press{std::move(keys)};
      });
}

Type<Action> SignalStepType() {
  const Type<int> signal = SignalType();
  const Type<WhoList> who = WhoType();
  return {"a signal and who gets it",
          [signal, who](Reader& reader, const Node& node) -> std::optional<Action> {
            if (!node.IsMap() || node.entries.size() != 1) {
              reader.Report(node.mark, "wrong-type", "expected one signal and who gets it",
                            "write {USR1: submission}");
              return std::nullopt;
            }
            const auto number = signal.read(reader, node.entries[0].first);
            auto receivers = who.read(reader, node.entries[0].second);
            if (!number || !receivers) return std::nullopt;
            return SendSignal{*number, std::move(*receivers)};
          },
          [signal, who](Definitions& all) {
            return Json{{"type", "object"},
                        {"minProperties", 1},
                        {"maxProperties", 1},
                        {"propertyNames", signal.schema(all)},
                        {"additionalProperties", who.schema(all)}};
          }};
}

Type<Action> FileStepType() {
  using Change = ChangeFile::Action;
  const Keys<ChangeFile> keys{
      Required("path", "The file.", PlacedType("a path"), &ChangeFile::path),
      Required(
          "do", "What is done to it.",
          ChoiceType<Change>({{"append", "The text is added at its end.", Change::kAppend},
                              {"rewrite", "Its content is replaced in place.", Change::kRewrite},
                              {"replace", "A new file takes its name.", Change::kReplace},
                              {"remove", "Its name is removed.", Change::kRemove}}),
          &ChangeFile::action),
      Optional("text", "What is written.", TextType(), &ChangeFile::text)};
  const Condition writes{"do", {"append", "rewrite", "replace"}};
  return As<Action>(Object<ChangeFile>("a file step", keys,
                                       {OnlyIf("text", writes, "'remove' writes no text"),
                                        NeededIf("a file step", "text", writes)}));
}

// --- Processes

// Who is held may be started later.
Type<WhoList> HeldType() {
  Type<WhoList> type = WhoType();
  type.read = [read = type.read](Reader& reader, const Node& node) {
    const size_t before = reader.mentions.size();
    auto who = read(reader, node);
    for (size_t at = before; at < reader.mentions.size(); ++at) {
      if (reader.mentions[at].kind == Kind::kWho) reader.mentions[at].kind = Kind::kHeld;
    }
    return who;
  };
  return type;
}

Type<Action> HoldType() {
  const std::vector<Choice> moments{{"start", "It runs its program's first instruction."},
                                    {"exit", "It ends."},
                                    {"output", "It writes on standard output."}};
  const Type<std::string> moment = WordType(moments);
  const Type<std::string> call = CallType();
  const Type<std::string> before{
      "a call, start, exit or output",
      [moments, call](Reader& reader, const Node& node) -> std::optional<std::string> {
        const bool known = std::ranges::find(moments, node.text, &Choice::word) != moments.end() ||
                           !SyscallsNamed(node.text).empty();
        if (known || !node.IsScalar())
          return known ? std::optional(node.text) : call.read(reader, node);
        reader.Report(node.mark, "unknown-call",
                      Quoted(node.text) + " is no call and none of start, exit, output",
                      "a call is named as in the system (sendto) or by its family (write)");
        return std::nullopt;
      },
      [moment, call](Definitions& all) {
        return EitherOf({moment.schema(all), call.schema(all)});
      }};
  return As<Action>(Object<Hold>(
      "a hold",
      {Required("who", "Who is held; those born later too.", HeldType(), &Hold::who),
       Required("before", "Before its first such call, or before this.", before, &Hold::before)}));
}

Type<Action> ReleaseType() {
  return Converted<Action>(
      WhoType(), [](Reader& reader, const Node& node, WhoList who) -> std::optional<Action> {
        reader.MentionOf(Kind::kRelease, "", node.mark);
        return Release{std::move(who)};
      });
}

}  // namespace

Type<Action> StartType();  // scenario_table.cc: it shares keys with a scenario

namespace {

Key<Action> StepKey(const char* name, const char* doc, const Type<Action>& type) {
  return {name, doc, true,
          [type](Reader& reader, const Node&, const Node& value, Action& action) {
            if (auto read = type.read(reader, value)) action = std::move(*read);
          },
          type.schema};
}

Keys<Action> StepKeys() {
  return {
      StepKey("await", "Wait until it is so; time jumps where it has to.", AwaitType()),
      StepKey("snapshot", "At rest, then the state of all is kept under this name.",
              As<Action>(Converted<TakeSnapshot>(
                  NameType("a snapshot's name"),
                  [](Reader&, const Node&, std::string name) -> std::optional<TakeSnapshot> {
                    return TakeSnapshot{std::move(name)};
                  }))),
      StepKey("connect", "A client connects to the submission, or opens a FIFO.", ConnectType()),
      StepKey("accept", "A scripted peer gets a connection.", AcceptType()),
      StepKey("send", "Sent as it is taken, in later steps too.", SendType()),
      StepKey("receive", "Wait for bytes of a channel.", ReceiveType()),
      StepKey("shutdown", "Half-close, after what was sent.",
              ChannelStep<Shutdown>(Kind::kConnection, "a connection", &Shutdown::channel)),
      StepKey("close", "Close, after what was sent; `NAME.stdout`: its reader leaves.",
              ChannelStep<Close>(Kind::kClosable, "a channel", &Close::channel)),
      StepKey("reset", "Reset the connection at once.",
              ChannelStep<Reset>(Kind::kConnection, "a connection", &Reset::channel)),
      StepKey("press",
              "A key of the terminal, or a list: `ctrl-a` to `ctrl-z`, `enter`, a "
              "character.",
              PressType()),
      StepKey("signal", "A signal from outside: `{USR1: submission}`.", SignalStepType()),
      StepKey("file", "A file changes.", FileStepType()),
      StepKey("start", "Another process is started.", StartType()),
      StepKey("hold", "Each stays before its first such call.", HoldType()),
      StepKey("release", "They go on; the hold is over.", ReleaseType()),
      StepKey("advance", "So much virtual time passes, timers fire.",
              Converted<Action>(SomeDurationType(),
                                [](Reader&, const Node&, Duration by) -> std::optional<Action> {
                                  return Advance{by};
                                }))};
}

// A map of one key that is no step: in a list of alternatives nothing else could be meant.
bool RefuseUnknownStep(Reader& reader, const Node& node, const std::vector<std::string>& steps) {
  static const std::vector<std::string> kSleeps{"sleep", "wait", "delay", "pause", "timeout"};
  if (!node.IsMap() || node.entries.size() != 1) return false;
  const Node& key = node.entries[0].first;
  if (std::ranges::find(steps, key.text) != steps.end()) return false;
  std::string hint = DidYouMean(key.text, steps);
  if (hint.empty()) hint = "the steps are " + Listed(steps);
  if (std::ranges::find(kSleeps, key.text) != kSleeps.end())
    hint = "nothing waits by the clock: 'await' what has to happen, 'advance' virtual time";
  reader.Report(key.mark, "unknown-key", "unknown key " + Quoted(key.text) + " in a step", hint);
  return true;
}

}  // namespace

Type<Step> StepType() {
  const Keys<Action> keys = StepKeys();
  std::vector<Shape<Action>> shapes;
  for (const Key<Action>& key : keys) shapes.push_back({key.name, Object<Action>("a step", {key})});
  const Type<Action> action = OneOf<Action>("a step", std::move(shapes));
  Type<Step> type{
      "a step",
      [action, steps = NamesOf(keys)](Reader& reader, const Node& node) -> std::optional<Step> {
        if (RefuseUnknownStep(reader, node, steps)) return std::nullopt;
        auto read = action.read(reader, node);
        if (!read) return std::nullopt;
        std::string text = ToFlow(node);
        if (node.IsMap()) text = text.substr(1, text.size() - 2);
        return Step{std::move(*read), std::move(text), node.mark};
      },
      action.schema};
  return Named("step", std::move(type));
}

}  // namespace plumbline::spec

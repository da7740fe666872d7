// SPDX-License-Identifier: MIT
#include "spec/tables.h"

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;

// --- What a process gets

Type<Input> InputType() {
  using In = Input::Kind;
  const Type<Input> word = ChoiceType<Input>(
      {{"empty", "End of file at once.", Input{.kind = In::kEmpty, .text = {}, .path = {}}},
       {"open", "A pipe that steps feed.", Input{.kind = In::kOpen, .text = {}, .path = {}}},
       {"closed", "No descriptor 0.", Input{.kind = In::kClosed, .text = {}, .path = {}}}});
  const Type<Input> map = OneOf<Input>(
      "an input",
      {{"text",
        Object<Input>("an input",
                      {Required("text", "This, then end of file.", TextType(), &Input::text)}, {},
                      Input{.kind = In::kText, .text = {}, .path = {}})},
       {"file", Object<Input>("an input",
                              {Required("file", "One of `files`.",
                                        MentionType(Kind::kInputFile, "a path"), &Input::path)},
                              {}, Input{.kind = In::kFile, .text = {}, .path = {}})}});
  return Named("input", WordOrMap(word, map));
}

Type<Output> OutputType() {
  using Out = Output::Kind;
  const Type<Output> word = ChoiceType<Output>(
      {{"pipe", "A pipe that the grader reads.", Output{.kind = Out::kPipe, .path = {}}},
       {"closed", "No descriptor 1.", Output{.kind = Out::kClosed, .path = {}}}});
  const Type<Output> map = Object<Output>(
      "an output", {Required("file", "A file.", PlacedType("a path"), &Output::path)}, {},
      Output{.kind = Out::kFile, .path = {}});
  return Named("output", WordOrMap(word, map));
}

// The keys that a scenario and a `start` have in common.
template <typename T>
Keys<T> ProcessKeys() {
  return {Optional("args", "Arguments.", ArgumentsType(), &T::args),
          Optional("stdin", "Standard input (`empty`).", InputType(), &T::input),
          Optional("stdout", "Standard output (`pipe`).", OutputType(), &T::output),
          Optional("terminal", "`true`: descriptors 0, 1 and 2 are a terminal.", BoolType(),
                   &T::terminal),
          Optional("env", "Variables added to the environment.", EnvironmentType(), &T::env)};
}

bool IsTrue(const Node* node) {
  return node != nullptr && node->IsScalar() && (node->text[0] == 't' || node->text[0] == 'T');
}

// With a terminal `key` has nothing to say but its default.
Rule NotWithTerminal(const std::string& key, const std::string& standard) {
  const Json other = {{"not", {{"const", standard}}}};
  const Json both = {{"required", {"terminal", key}},
                     {"properties", {{"terminal", {{"const", true}}}, {key, other}}}};
  return {[key, standard](Reader& reader, const Node& node) {
            const Node* value = node.Find(key);
            if (value == nullptr || value->text == standard || !IsTrue(node.Find("terminal")))
              return;
            reader.Report(node.FindKey(key)->mark, "conflicting-keys",
                          "with a terminal, " + key + " is the terminal",
                          "remove " + Quoted(key) + " or 'terminal'");
          },
          {{"not", both}}};
}

Rules TerminalRules() {
  return {NotWithTerminal("stdin", "empty"), NotWithTerminal("stdout", "pipe")};
}

// --- files

Type<FileSpec> FileSpecType() {
  using File = FileSpec::Kind;
  const Keys<FileSpec> keys{
      Optional("text", "Its content.", TextType(), &FileSpec::text),
      Optional("mode", "Its mode in quotes (`\"0644\"`).", ModeType(), &FileSpec::mode),
      Optional("kind", "What it is (`file`).",
               ChoiceType<File>({{"file", "An ordinary file.", File::kFile},
                                 {"fifo", "A named pipe.", File::kFifo},
                                 {"directory", "A directory.", File::kDirectory},
                                 {"socket", "A UNIX socket that nobody listens to.", File::kSocket},
                                 {"link", "A symbolic link to `target`.", File::kLink}}),
               &FileSpec::kind),
      Optional("target", "Where a link leads.", PlacedType("a path"), &FileSpec::target),
      Optional("count", "So many of them; `{n}` in the path is 1, 2 ...", IntegerType(1, 100'000),
               &FileSpec::count)};
  return Object<FileSpec>(
      "a file", keys,
      {OnlyIf("text", {"kind", {"file"}, true}, "only an ordinary file has a text"),
       OnlyIf("mode", {"kind", {"file", "fifo", "directory", "socket"}, true},
              "a link has no mode of its own"),
       OnlyIf("target", {"kind", {"link"}}, "only a link has a target", "add kind: link"),
       NeededIf("a link", "target", {"kind", {"link"}})});
}

// Nothing can be below what is no directory, whichever of the two is written first.
void RefuseBelowFile(Reader& reader, const Node& name, const std::string& path,
                     const FileSpec& file, const std::vector<FileSpec>& others) {
  for (const FileSpec& other : others) {
    const bool below =
        other.kind != FileSpec::Kind::kDirectory && path.starts_with(other.path + "/");
    const bool above =
        file.kind != FileSpec::Kind::kDirectory && other.path.starts_with(path + "/");
    if (!below && !above) continue;
    const std::string& parent = below ? other.path : path;
    reader.Report(name.mark, "below-a-file",
                  Quoted(below ? path : other.path) + " is below " + Quoted(parent) +
                      ", which is no directory",
                  "add kind: directory to " + Quoted(parent) + ", or rename it");
  }
}

// Where a file has a `count`, {n} has a value in its path and text.
Type<std::vector<FileSpec>> FilesType() {
  const Type<FileSpec> file = FileSpecType();
  const Type<std::string> path = InsidePathType();
  return {"a map of files",
          [file, path](Reader& reader, const Node& node) -> std::optional<std::vector<FileSpec>> {
            if (!node.IsMap()) {
              reader.Report(node.mark, "wrong-type", "expected files, found " + Describe(node),
                            "write {NAME: {text: \"...\"}}");
              return std::nullopt;
            }
            std::vector<FileSpec> files;
            for (const auto& [name, value] : node.entries) {
              reader.numbered = value.Find("count") != nullptr;
              Node quoted = name;
              quoted.quoted = true;  // a key is a path, whatever it looks like
              const auto named = path.read(reader, quoted);
              auto spec = file.read(reader, value);
              if (reader.numbered && !name.text.contains("{n}"))
                reader.Report(name.mark, "count-without-n",
                              "with a count, the path needs {n}: " + Quoted(name.text));
              reader.numbered = false;
              if (!named || !spec) continue;
              RefuseBelowFile(reader, name, *named, *spec, files);
              spec->path = *named;
              files.push_back(std::move(*spec));
            }
            return files;
          },
          [file](Definitions& all) { return MapSchema(file.schema(all), "", 0); }};
}

// --- alter

Type<Alteration> AlterationType() {
  const Keys<FailCall> fail{
      Required("call", "The call that fails.", CallType(), &FailCall::call),
      Optional("who", "Whose (`all`).", WhoType(), &FailCall::who),
      Required("error", "How it fails, by errno(3).", ErrnoType(), &FailCall::error),
      Optional("nth", "Only the n-th (always).", IntegerType(1, 1'000'000), &FailCall::nth)};
  const Keys<ChangeExit> exit{
      Required("exit", "Whose end its parent sees so.", WhoType(), &ChangeExit::who),
      Optional("status", "It exited with this.", IntegerType(0, 255, "an exit status"),
               &ChangeExit::status),
      Optional("killed_by", "This signal killed it.", SignalType(), &ChangeExit::killed_by)};
  const Who all{.base = Who::Base::kAll, .word = "all", .text = "all"};
  const FailCall anybody{.call = {}, .who = {all}, .error = 0, .nth = 0};
  return OneOf<Alteration>(
      "an alteration",
      {{"call", As<Alteration>(Object<FailCall>("an alteration", fail, {}, anybody))},
       {"exit", As<Alteration>(Object<ChangeExit>(
                    "an alteration", exit, {ExactlyOneOf("an end", {"status", "killed_by"})}))}});
}

// --- peers

// A socket's address has 107 bytes (unix(7)). Whatever folder it is in, its last name is bound
// behind the descriptor of that folder.
Type<std::string> SocketPathType() {
  constexpr size_t kLongest = 80;
  return Converted<std::string>(
      PlacedType("a path"),
      [](Reader& reader, const Node& node, std::string path) -> std::optional<std::string> {
        const size_t length = path.size() - (path.rfind('/') + 1);
        if (length <= kLongest) return path;
        reader.Report(node.mark, "path-too-long",
                      "the name of a socket has at most " + std::to_string(kLongest) +
                          " bytes, and this one " + std::to_string(length));
        return std::nullopt;
      });
}

Keys<Peer> AddressKeys() {
  return {Optional("port", "The port it listens to.", PortType(), &Peer::port),
          Optional("path", "The path of its UNIX socket.", SocketPathType(), &Peer::path)};
}

Type<Peer> BuiltinPeerType() {
  Keys<Peer> keys = AddressKeys();
  keys.insert(
      keys.begin(),
      Required("kind", "What it does.",
               ChoiceType<Peer::Kind>(
                   {{"echo", "Sends back what it gets.", Peer::Kind::kEcho},
                    {"daytime", "Sends date and time, closes (RFC 867).", Peer::Kind::kDaytime},
                    {"chargen", "Sends characters without end (RFC 864).", Peer::Kind::kChargen},
                    {"sink", "Reads all, says nothing.", Peer::Kind::kSink},
                    {"silent", "Accepts, reads and says nothing.", Peer::Kind::kSilent},
                    {"full", "Its queue is full: nobody is answered.", Peer::Kind::kFull},
                    {"scripted", "Steps talk for it.", Peer::Kind::kScripted}}),
               &Peer::kind));
  keys.push_back(Optional("pieces", "Of echo: replies are cut into so many pieces.",
                          IntegerType(1, 10'000), &Peer::pieces));
  return Object<Peer>("a peer", keys,
                      {ExactlyOneOf("a peer", {"port", "path"}),
                       OnlyIf("pieces", {"kind", {"echo"}}, "only echo cuts its replies")});
}

Type<Peer> ProgramPeerType(Key<Peer> program) {
  Keys<Peer> keys = AddressKeys();
  keys.insert(keys.begin(), std::move(program));
  keys.push_back(Optional("args", "More arguments.", ArgumentsType(), &Peer::args));
  keys.push_back(Optional("stdin", "Standard input (`empty`).", InputType(), &Peer::input));
  return Object<Peer>("a peer", keys, {AtMostOneOf("a peer", {"port", "path"})},
                      Peer{.name = {},
                           .kind = Peer::Kind::kProgram,
                           .path = {},
                           .command = {},
                           .solution = {},
                           .args = {},
                           .input = {},
                           .mark = {}});
}

Type<std::vector<std::string>> CommandType() { return List(PlacedType("an argument"), 1); }

// One of the reference's own programs.
Type<std::string> SolutionType() {
  return Converted<std::string>(
      NameType("a solution's name"),
      [](Reader& reader, const Node& node, std::string name) -> std::optional<std::string> {
        if (!reader.Exists(node, "solutions/" + name, "solution")) return std::nullopt;
        return name;
      });
}

Type<Peer> PeerType() {
  return OneOf<Peer>(
      "a peer",
      {{"kind", BuiltinPeerType()},
       {"command", ProgramPeerType(Required("command", "A real program and its arguments.",
                                            CommandType(), &Peer::command))},
       {"solution", ProgramPeerType(Required("solution", "One of `solutions/`.", SolutionType(),
                                             &Peer::solution))}});
}

Type<std::vector<Peer>> PeersType() {
  return Converted<std::vector<Peer>>(
      MapOf(PeerType(), NameKeys("a peer's name")),
      [](Reader& reader, const Node& node,
         std::vector<std::pair<std::string, Peer>> pairs) -> std::optional<std::vector<Peer>> {
        std::vector<Peer> peers;
        std::map<int, std::string> ports;
        for (auto& [name, peer] : pairs) {
          peer.name = name;
          peer.mark = node.Find(name)->mark;
          if (const auto [taken, fresh] = ports.emplace(peer.port, name); peer.port != 0 && !fresh)
            reader.Report(peer.mark, "duplicate-port",
                          "port " + std::to_string(peer.port) + " is already that of " +
                              Quoted(taken->second));
          peers.push_back(std::move(peer));
        }
        return peers;
      });
}

// --- under

std::vector<Word<Perturbation::Kind>> PerturbationWords() {
  using Under = Perturbation::Kind;
  return {{"interleavings", "Other orders of calls and of accesses to shared memory.",
           Under::kInterleavings},
          {"interruptions", "EINTR, where it is legal.", Under::kInterruptions},
          {"short-transfers", "Less is read or written than asked for.", Under::kShortTransfers},
          {"failures", "Each call fails once, where it is legal.", Under::kFailures},
          {"signals", "The scenario's own signals, at every call boundary.", Under::kSignals},
          {"small-world", "Few descriptors, pipes of 4 KiB.", Under::kSmallWorld}};
}

Type<Perturbation> PerturbationType() {
  const Type<Perturbation> word = Converted<Perturbation>(
      ChoiceType(PerturbationWords()),
      [](Reader&, const Node& node, Perturbation::Kind kind) -> std::optional<Perturbation> {
        return Perturbation{.kind = kind, .mark = node.mark};
      });
  std::vector<Shape<Perturbation>> shapes;
  for (const auto& [name, doc, kind] : PerturbationWords()) {
    shapes.push_back(
        {name, Object<Perturbation>("a perturbation",
                                    {Required(name, doc + " So many runs.", IntegerType(1, 100'000),
                                              &Perturbation::runs)},
                                    {}, Perturbation{.kind = kind, .mark = {}})});
  }
  const Type<Perturbation> counted = Converted<Perturbation>(
      OneOf<Perturbation>("a perturbation", std::move(shapes)),
      [](Reader&, const Node& node, Perturbation under) -> std::optional<Perturbation> {
        under.mark = node.mark;
        return under;
      });
  return WordOrMap(word, counted);
}

// Each step is an item of its own: mentions know at which one they stand.
Type<std::vector<Step>> StepsType() {
  Type<Step> step = StepType();
  step.read = [read = step.read](Reader& reader, const Node& node) {
    ++reader.item;
    return read(reader, node);
  };
  Type<std::vector<Step>> steps = List(step, 1);
  steps.read = [read = steps.read](Reader& reader, const Node& node) {
    const int before = std::exchange(reader.item, -1);
    auto list = read(reader, node);
    reader.item = before;
    return list;
  };
  return steps;
}

// A command is hidden wherever it is, so a path would say nothing more.
Type<std::string> CommandNameType() {
  Type<std::string> type = Converted<std::string>(
      StringType("a command"),
      [](Reader& reader, const Node& node, std::string name) -> std::optional<std::string> {
        if (!name.empty() && !name.contains('/')) return name;
        reader.Report(node.mark, "bad-name", Quoted(name) + " cannot be a command's name",
                      "write the name alone, without a folder");
        return std::nullopt;
      });
  type.schema = [](Definitions&) {
    return PatternSchema("^[^/]+$", "a command's name, without a folder");
  };
  return type;
}

Keys<Scenario> ScenarioKeys() {
  Keys<Scenario> keys = ProcessKeys<Scenario>();
  const Type<std::string> like = MentionType(Kind::kScenario, "a scenario");
  keys.insert(
      keys.begin(),
      {Key<Scenario>{"like", "Another scenario: its keys hold; a key given here replaces it whole.",
                     false,
                     [like](Reader& reader, const Node&, const Node& value, Scenario&) {
                       like.read(reader, value);
                     },
                     like.schema},
       Optional("program", "One of `programs` (the first).",
                MentionType(Kind::kProgram, "a program"), &Scenario::program)});
  const Keys<Scenario> more{
      Optional("files", "Files that are there: `{PATH: {text: \"...\"}}`.", FilesType(),
               &Scenario::files),
      Optional("clock", "The date at the start, in quotes.", DateType(), &Scenario::clock),
      Optional("hide", "Commands that do not exist here.", Distinct(List(CommandNameType(), 1)),
               &Scenario::hide),
      Optional("alter", "Calls that fail, ends that are seen otherwise.", List(AlterationType(), 1),
               &Scenario::alter),
      Optional("peers", "The other ends of conversations, ready before the start.", PeersType(),
               &Scenario::peers),
      Optional("under", "Perturbed runs; a check must pass in each.", List(PerturbationType(), 1),
               &Scenario::under),
      Optional("steps", "What happens (`[await: exit]`).", StepsType(), &Scenario::steps)};
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

}  // namespace

Type<Action> StartType() {
  Keys<Start> keys = ProcessKeys<Start>();
  keys.insert(
      keys.begin(),
      {Required("as", "Its name.", NameType("a process's name"), &Start::as),
       Optional("program", "One of `programs` (the submission's first).",
                MentionType(Kind::kProgram, "a program"), &Start::program),
       Optional("command", "Any command instead.", CommandType(), &Start::command),
       Optional("solution", "One of `solutions/` instead.", SolutionType(), &Start::solution)});
  Rules rules = TerminalRules();
  rules.push_back(AtMostOneOf("a start", {"program", "command", "solution"}));
  return As<Action>(Object<Start>("a start", std::move(keys), std::move(rules)));
}

Type<Scenario> ScenarioType() {
  return Named("scenario", Object<Scenario>("a scenario", ScenarioKeys(), TerminalRules()));
}

std::optional<Perturbation> PerturbationNamed(const std::string& word) {
  for (const auto& [name, doc, kind] : PerturbationWords()) {
    if (name == word) return Perturbation{.kind = kind};
  }
  return std::nullopt;
}

}  // namespace plumbline::spec

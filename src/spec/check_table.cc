// SPDX-License-Identifier: MIT
#include <map>

#include "base/check.h"
#include "spec/tables.h"

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;
using Strings = std::vector<std::string>;

// --- Parameters

template <typename T>
Type<ParamValue> Value(Type<T> type) {
  return As<ParamValue>(std::move(type));
}

template <typename T>
Type<ParamValue> Single(Type<T> type) {
  return Converted<ParamValue>(std::move(type),
                               [](Reader&, const Node&, T value) -> std::optional<ParamValue> {
                                 return std::vector<T>{std::move(value)};
                               });
}

Type<ParamValue> Number(Type<int> type) {
  return Converted<ParamValue>(
      std::move(type),
      [](Reader&, const Node&, int value) -> std::optional<ParamValue> { return int64_t{value}; });
}

Type<ParamValue> Ports() {
  return Converted<ParamValue>(
      OneOrMany(PortType()),
      [](Reader&, const Node&, const std::vector<int>& ports) -> std::optional<ParamValue> {
        return std::vector<int64_t>(ports.begin(), ports.end());
      });
}

Type<ParamValue> OneSignal() {
  return Converted<ParamValue>(SignalType(),
                               [](Reader&, const Node&, int signal) -> std::optional<ParamValue> {
                                 return SignalSet{.any = false, .numbers = {signal}};
                               });
}

Type<ParamValue> SnapshotPair() {
  return Converted<ParamValue>(
      List(MentionType(Kind::kSnapshot, "a snapshot"), 1),
      [](Reader& reader, const Node& node, Strings pair) -> std::optional<ParamValue> {
        if (pair.size() == 2) return pair;
        reader.Report(node.mark, "not-a-pair", "expected two snapshots", "write [before, after]");
        return std::nullopt;
      });
}

// A program that judges: it is in the exercise's folder.
Type<ParamValue> ProgramPath() {
  return Converted<ParamValue>(
      StringType("a path"),
      [](Reader& reader, const Node& node, std::string path) -> std::optional<ParamValue> {
        if (!reader.Exists(node, path, "program")) return std::nullopt;
        return path;
      });
}

// A text of one or several lines, where a newline inside a line would never match.
Type<std::string> LineType() {
  return Converted<std::string>(
      PlacedType("a line"),
      [](Reader& reader, const Node& node, std::string line) -> std::optional<std::string> {
        if (!line.contains('\n')) return line;
        reader.Report(node.mark, "newline-in-line", "a line holds no newline",
                      "write each line as an item of its own, without \\n");
        return std::nullopt;
      });
}

Type<std::string> StreamType(Kind kind) {
  switch (kind) {
    case Kind::kChannel:
      return MentionType(kind, "a channel");
    case Kind::kStreamOrChannel:
      return MentionType(kind, "a stream or a channel");
    default:
      return MentionType(kind, "a stream");
  }
}

Type<ParamValue> ScalarParam(const ParamSpec& param) {
  switch (param.type) {
    case ParamType::kBool:
      return Value(BoolType());
    case ParamType::kCall:
      return Value(CallType());
    case ParamType::kCallResult:
      return Value(CallResultType());
    case ParamType::kChoice:
      return Single(WordType(param.choices));
    case ParamType::kCount:
      return Number(IntegerType(0, 1'000'000'000, "a count"));
    case ParamType::kCountOrSize:
      return Value(CountOrSizeType());
    case ParamType::kDuration:
      return Value(DurationType());
    case ParamType::kEdge:
      return Single(EdgeType());
    case ParamType::kMode:
      return Number(ModeType());
    case ParamType::kPath:
    case ParamType::kString:
      return Value(PlacedType());
    case ParamType::kProgramPath:
      return ProgramPath();
    case ParamType::kRange:
      return Value(RangeType());
    case ParamType::kRegex:
      return Value(RegexType());
    case ParamType::kSignal:
      return OneSignal();
    case ParamType::kSize:
      return Value(SizeType());
    case ParamType::kSizeRange:
      return Value(SizeRangeType());
    case ParamType::kSnapshot:
      return Value(MentionType(Kind::kSnapshot, "a snapshot"));
    case ParamType::kChannel:
      return Single(StreamType(Kind::kChannel));
    case ParamType::kStream:
      return Single(StreamType(Kind::kStream));
    case ParamType::kStreamOrChannel:
      return Single(StreamType(Kind::kStreamOrChannel));
    default:
      CHECK(!"every ParamType is read here or in ParamValueType");
  }
}

}  // namespace

Type<ParamValue> ParamValueType(const ParamSpec& param) {
  switch (param.type) {
    case ParamType::kArgv:
      return Value(ArgvType());
    case ParamType::kChoices:
      return Value(OneOrMany(WordType(param.choices)));
    case ParamType::kEdges:
      return Value(List(EdgeType(), 1));
    case ParamType::kFdTable:
      return Value(FdTableType());
    case ParamType::kGlobs:
      return Value(OneOrMany(PlacedType("a glob")));
    case ParamType::kOrder:
      return Value(List(OrderEventType(), 1));
    case ParamType::kPorts:
      return Ports();
    case ParamType::kSignals:
      return Value(SignalSetType());
    case ParamType::kSnapshotPair:
      return SnapshotPair();
    case ParamType::kStreams:
      return Value(OneOrMany(StreamType(Kind::kStream)));
    case ParamType::kStringList:
      return Value(OneOrMany(PlacedType("a word")));
    case ParamType::kStringMap:
      return Value(EnvironmentType());
    case ParamType::kText:
      return Value(TextType());
    case ParamType::kTextLines:
      return Value(List(LineType()));
    case ParamType::kTree:
      return Value(TreeType());
    case ParamType::kWho:
      return Value(WhoType());
    default:
      return ScalarParam(param);
  }
}

namespace {

// --- Clauses

std::string DocOf(const ParamSpec& param) {
  return param.default_value ? param.doc + " (`" + *param.default_value + "`)" : param.doc;
}

Keys<Params> KeysOf(const KindTable& kind) {
  Keys<Params> keys;
  for (const ParamSpec& param : kind.params) {
    const Type<ParamValue> type = ParamValueType(param);
    keys.push_back(
        {param.name, DocOf(param), param.required,
         [type, name = param.name](Reader& reader, const Node&, const Node& value, Params& params) {
           if (auto read = type.read(reader, value)) params.Set(name, std::move(*read), value.mark);
         },
         type.schema});
  }
  return keys;
}

bool HasRival(const KindTable& kind, const Node& node, const std::string& param) {
  return std::ranges::any_of(kind.exclusive, [&](const Strings& group) {
    return std::ranges::find(group, param) != group.end() &&
           std::ranges::any_of(group, [&](const std::string& other) {
             return other != param && node.Find(other) != nullptr;
           });
  });
}

// Defaults are written as a teacher would write them, and read in the same way.
void SetDefaults(Reader& reader, const KindTable& kind, const Node& node, Params& params) {
  for (const ParamSpec& param : kind.params) {
    const bool given = node.Find(param.name) != nullptr;
    if (given || !param.default_value || HasRival(kind, node, param.name)) continue;
    Diagnostics mistakes;
    const auto value = ParseYaml(*param.default_value, kind.name, mistakes);
    CHECK(value && mistakes.empty());
    if (auto read = ParamValueType(param).read(reader, *value))
      params.Set(param.name, std::move(*read), node.mark);
  }
}

void CheckGroups(Reader& reader, const KindTable& kind, const Node& node) {
  const auto given = [&](const std::string& name) { return node.Find(name) != nullptr; };
  if (!kind.one_of.empty() && std::ranges::none_of(kind.one_of, given)) {
    std::string list;
    for (const std::string& name : kind.one_of) list += (list.empty() ? "" : ", ") + name;
    reader.Report(node.mark, "missing-key", kind.name + " needs one of " + list);
  }
  for (const Strings& group : kind.exclusive) {
    if (std::ranges::count_if(group, given) > 1) OneKeyOf(reader, node, kind.name, group);
  }
}

Json ClauseSchema(const KindTable& kind, const Keys<Params>& keys, Definitions& all) {
  Json schema = SchemaOf(all, keys);
  if (!kind.one_of.empty()) {
    Json choices = Json::array();
    for (const std::string& name : kind.one_of) choices.push_back({{"required", {name}}});
    schema["anyOf"] = std::move(choices);
  }
  Json rivals = Json::array();
  for (const Strings& group : kind.exclusive) {
    for (auto one = group.begin(); one != group.end(); ++one) {
      for (auto other = one + 1; other != group.end(); ++other)
        rivals.push_back({{"not", {{"required", {*one, *other}}}}});
    }
  }
  if (!rivals.empty()) schema["allOf"] = std::move(rivals);
  return schema;
}

}  // namespace

Type<Clause> ClauseType(const KindTable& kind) {
  const Keys<Params> keys = KeysOf(kind);
  return {"the parameters of " + kind.name,
          [kind, keys](Reader& reader, const Node& node) -> std::optional<Clause> {
            if (!node.IsMap()) {
              reader.Report(node.mark, "wrong-type",
                            "expected the parameters of " + kind.name + ", found " + Describe(node),
                            "write {} for none");
              return std::nullopt;
            }
            Clause clause{kind.name, {}, node.mark};
            ReadKeys(reader, node, kind.name, keys, clause.params);
            CheckGroups(reader, kind, node);
            SetDefaults(reader, kind, node, clause.params);
            return clause;
          },
          [kind, keys](Definitions& all) { return ClauseSchema(kind, keys, all); }};
}

namespace {

// --- Checks

// Reads a kind's clause into what `add` makes of it. Each clause is an item of its own: mentions
// of one are compared with one another.
template <typename T>
Keys<T> KindKeys(std::span<const KindTable> kinds, void (*add)(T&, Clause)) {
  Keys<T> keys;
  for (const KindTable& kind : kinds) {
    const Type<Clause> clause = Named(kind.name, ClauseType(kind));
    keys.push_back({kind.name, kind.doc, false,
                    [clause, add](Reader& reader, const Node& key, const Node& value, T& object) {
                      ++reader.item;
                      auto read = clause.read(reader, value);
                      if (!read) return;
                      read->mark = key.mark;
                      add(object, std::move(*read));
                    },
                    clause.schema});
  }
  return keys;
}

using Clauses = std::vector<Clause>;

void ReportNothingChecked(Reader& reader, const Node& node) {
  reader.Report(node.mark, "empty-check", "nothing is checked here",
                "add a kind, such as processes.exit: {status: 0}");
}

Type<Clauses> AlternativeType(std::span<const KindTable> kinds) {
  Type<Clauses> type = Object<Clauses>(
      "an alternative",
      KindKeys<Clauses>(kinds, [](Clauses& all, Clause one) { all.push_back(std::move(one)); }),
      [](Reader& reader, const Node& node, const Clauses&) {
        if (node.entries.empty()) ReportNothingChecked(reader, node);
      });
  type.schema = [write = type.schema](Definitions& all) {
    Json schema = write(all);
    schema["minProperties"] = 1;
    return schema;
  };
  return type;
}

Key<Check> AnyOfKey(std::span<const KindTable> kinds) {
  const Type<std::vector<Clauses>> type = List(AlternativeType(kinds), 1);
  return {"any_of", "Alternatives, one of which must hold.", false,
          [type](Reader& reader, const Node&, const Node& value, Check& check) {
            if (auto read = type.read(reader, value))
              check.requirements.emplace_back(AnyOf{std::move(*read)});
          },
          type.schema};
}

Key<Check> HintKey() {
  const Type<std::vector<Localized>> type = OneOrMany(LocalizedType());
  return Optional("hint", "What the student can try, in several languages; or a list.", type,
                  &Check::hints);
}

Key<Check> HiddenKey() {
  return Optional("hidden", "`until-graded`: students see no details of it.",
                  ChoiceType<bool>({{"until-graded", "Until grades are published.", true}}),
                  &Check::hidden);
}

}  // namespace

std::vector<Choice> LanguageWords() {
  return {{"c", "C"}, {"cpp", "C++"}, {"py", "Python"}, {"sh", "Bash"}};
}

Type<Check> CheckType(std::span<const KindTable> kinds) {
  Keys<Check> keys{
      Required("id", "The check's name.", NameType("a check's id"), &Check::id),
      Optional("points", "What it is worth (1).", IntegerType(1, 10'000, "points"), &Check::points),
      Optional("title", "What it is called, in several languages.", LocalizedType(), &Check::title),
      HintKey(),
      Optional("languages", "For others it is left out, its points too.",
               List(WordType(LanguageWords()), 1), &Check::languages),
      Optional("scenario", "One or a list; it must pass in each (all that have what it names).",
               OneOrMany(MentionType(Kind::kScenario, "a scenario")), &Check::scenarios),
      Optional("needs", "Checks without which it is not reached.",
               OneOrMany(MentionType(Kind::kCheck, "a check")), &Check::needs),
      Optional("gate", "`true`: without it there are no points at all.", BoolType(), &Check::gate),
      Optional("bonus", "`true`: its points are above the sum.", BoolType(), &Check::bonus),
      HiddenKey(),
      AnyOfKey(kinds)};
  const Keys<Check> uses = KindKeys<Check>(kinds, [](Check& check, Clause clause) {
    check.requirements.emplace_back(std::move(clause));
  });
  keys.insert(keys.end(), uses.begin(), uses.end());
  Strings claims{"any_of"};
  for (const KindTable& kind : kinds) claims.push_back(kind.name);
  Type<Check> type =
      Object<Check>("a check", keys, [claims](Reader& reader, const Node& node, const Check&) {
        const bool some = std::ranges::any_of(
            claims, [&](const std::string& name) { return node.Find(name) != nullptr; });
        if (!some) ReportNothingChecked(reader, node);
      });
  type.schema = [claims, write = type.schema](Definitions& all) {
    Json schema = write(all);
    Json some = Json::array();
    for (const std::string& name : claims) some.push_back({{"required", {name}}});
    schema["anyOf"] = std::move(some);
    return schema;
  };
  return Named("check", std::move(type));
}

}  // namespace plumbline::spec

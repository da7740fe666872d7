// SPDX-License-Identifier: MIT
// The values that a check's parameters can have: a case for each ParamType.
#include "base/check.h"
#include "spec/tables.h"

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;
using Strings = std::vector<std::string>;

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
  Type<ParamValue> type = Converted<ParamValue>(
      List(MentionType(Kind::kSnapshot, "a snapshot")),
      [](Reader& reader, const Node& node, Strings pair) -> std::optional<ParamValue> {
        if (node.items.size() != 2)
          reader.Report(node.mark, "not-a-pair", "expected two snapshots", "write [before, after]");
        if (node.items.size() != 2 || pair.size() != 2) return std::nullopt;
        reader.mentions.back().after = pair[0];
        return pair;
      });
  type.schema = [write = type.schema](Definitions& all) {
    Json schema = write(all);
    schema["minItems"] = 2;
    schema["maxItems"] = 2;
    return schema;
  };
  return type;
}

// A program that judges: it is in the exercise's folder.
Type<ParamValue> ProgramPath() {
  return Converted<ParamValue>(
      StringType("a path"),
      [](Reader& reader, const Node& node, std::string path) -> std::optional<ParamValue> {
        if (!reader.TakeJudge(node)) return std::nullopt;
        return path;
      });
}

// A text of one or several lines, where a newline inside a line would never match.
Type<std::string> LineType() {
  Type<std::string> type = Converted<std::string>(
      PlacedType("a line"),
      [](Reader& reader, const Node& node, std::string line) -> std::optional<std::string> {
        if (!line.contains('\n')) return line;
        reader.Report(node.mark, "newline-in-line", "a line holds no newline",
                      "write each line as an item of its own, without \\n");
        return std::nullopt;
      });
  type.schema = [](Definitions&) {
    return Json{{"type", "string"}, {"not", {{"pattern", "\\n"}}}};
  };
  return type;
}

Type<std::string> StreamType() { return MentionType(Kind::kStream, "a stream"); }

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
    case ParamType::kConnection:
      return Single(MentionType(Kind::kConnection, "a connection"));
    case ParamType::kStream:
      return Single(StreamType());
    case ParamType::kStreamOrChannel:
      return Single(MentionType(Kind::kStreamOrChannel, "a stream or a channel"));
    default:
      constexpr bool kEveryTypeIsReadHereOrBelow = false;
      CHECK(kEveryTypeIsReadHereOrBelow);
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
      return Value(OneOrMany(StreamType()));
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

}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
// One word or number of the file: texts, counts, sizes, durations, modes, dates, names, paths.
#include <re2/re2.h>

#include "base/text.h"
#include "spec/pattern.h"
#include "spec/types.h"

namespace plumbline::spec {
namespace {

// The text of a scalar that has to be text; reports anything else.
std::optional<std::string> ReadText(Reader& reader, const Node& node, const std::string& expects) {
  if (!node.IsScalar()) {
    ReportWrongType(reader, node, expects);
    return std::nullopt;
  }
  if (!node.quoted && TypeOfPlain(node.text) != PlainType::kText) {
    reader.Report(node.mark, "needs-quotes",
                  "expected " + expects + ", but " + Quoted(node.text) + " is " + Describe(node),
                  "quote it: \"" + Escaped(node.text) + "\"");
    return std::nullopt;
  }
  return node.text;
}

// An expression is one with any values: they stand for themselves.
class NoValues : public PlaceholderSource {
 public:
  std::optional<std::string> ValueOf(const std::string&) const override { return std::nullopt; }
};

// A scalar whose text `parse` understands; numbers are let through, for their units' sake.
template <typename T>
Type<T> Parsable(std::string expects, Parsed<T> (*parse)(const std::string&), Json schema) {
  return {expects,
          [expects, parse](Reader& reader, const Node& node) -> std::optional<T> {
            if (!node.IsScalar()) {
              ReportWrongType(reader, node, expects);
              return std::nullopt;
            }
            auto value = parse(node.text);
            if (value) return std::move(*value);
            reader.Report(node.mark, value.error());
            return std::nullopt;
          },
          [schema](Definitions&) { return schema; }};
}

// A range: a bare number, or text with two dots.
Type<Range> Bounds(std::string expects, Parsed<Range> (*parse)(const std::string&), Json schema) {
  Type<Range> type = Parsable(expects, parse, std::move(schema));
  type.read = [expects, read = type.read](Reader& reader,
                                          const Node& node) -> std::optional<Range> {
    const bool number = node.IsScalar() && node.quoted && !node.text.contains("..") &&
                        TypeOfPlain(node.text) == PlainType::kNumber;
    if (!number) return read(reader, node);
    reader.Report(node.mark, "wrong-type", "expected " + expects + ", found text in quotes",
                  "write the number without quotes");
    return std::nullopt;
  };
  return type;
}

// "A..B", "A.." or "..B".
std::string RangePattern(const std::string& bound) {
  return "^(" + bound + "\\.\\." + bound + "?|\\.\\." + bound + ")$";
}

template <typename T>
Type<T> Positive(Type<T> type, const std::string& pattern) {
  Type<T> positive = Converted<T>(
      type,
      [expects = type.expects](Reader& reader, const Node& node, T value) -> std::optional<T> {
        if (value > T{}) return value;
        reader.Report(node.mark, "out-of-range", expects + " must be more than nothing here");
        return std::nullopt;
      });
  positive.schema = [pattern, expects = type.expects](Definitions&) {
    return PatternSchema(pattern, expects + " of more than nothing");
  };
  return positive;
}

}  // namespace

Type<std::string> StringType(std::string expects) {
  return {expects,
          [expects](Reader& reader, const Node& node) { return ReadText(reader, node, expects); },
          [](Definitions&) { return StringSchema(); }};
}

Type<std::string> PlacedType(std::string expects) {
  return Converted<std::string>(
      StringType(std::move(expects)),
      [](Reader& reader, const Node& node, std::string text) -> std::optional<std::string> {
        reader.MentionPlaceholders(node);
        return text;
      });
}

Type<bool> BoolType() {
  return {"true or false",
          [](Reader& reader, const Node& node) -> std::optional<bool> {
            if (node.IsScalar() && !node.quoted && TypeOfPlain(node.text) == PlainType::kBool)
              return node.text[0] == 't' || node.text[0] == 'T';
            reader.Report(node.mark, "wrong-type",
                          "expected true or false, found " +
                              (node.IsScalar() ? Quoted(node.text) : Describe(node)));
            return std::nullopt;
          },
          [](Definitions&) { return Json{{"type", "boolean"}}; }};
}

Type<int> IntegerType(int64_t least, int64_t most, std::string expects) {
  return {expects,
          [=](Reader& reader, const Node& node) -> std::optional<int> {
            if (!node.IsScalar()) {
              ReportWrongType(reader, node, expects);
              return std::nullopt;
            }
            if (node.quoted) {
              reader.Report(node.mark, "wrong-type",
                            "expected " + expects + ", found text in quotes",
                            "write the number without quotes");
              return std::nullopt;
            }
            const auto value = ParseInteger(node.text, expects);
            if (value && *value >= least && *value <= most) return static_cast<int>(*value);
            if (!value && value.error().code != "out-of-range") {
              reader.Report(node.mark, value.error());
              return std::nullopt;
            }
            reader.Report(node.mark, "out-of-range",
                          "expected " + expects + " from " + std::to_string(least) + " to " +
                              std::to_string(most) + ", found " + Escaped(node.text, 60));
            return std::nullopt;
          },
          [=](Definitions&) { return IntegerSchema(least, most); }};
}

Type<int> PortType() { return IntegerType(1, 65535, "a port"); }

Type<Duration> DurationType() {
  return Parsable("a duration", ParseDuration,
                  PatternSchema("^" + DurationPattern() + "$", "a duration, such as 10s"));
}

Type<Duration> SomeDurationType() {
  return Positive(DurationType(), "^" + DurationPattern(true) + "$");
}

Type<Bytes> SizeType() {
  return Parsable("a size", ParseSize,
                  PatternSchema("^" + SizePattern() + "$", "a size, such as 64KiB"));
}

Type<Bytes> SomeSizeType() { return Positive(SizeType(), "^" + SizePattern(true) + "$"); }

Type<Range> RangeType() {
  const std::string count = "(0|[1-9][0-9]{0,17})";
  return Bounds(
      "a count or a range", ParseRange,
      EitherOf({IntegerSchema(0, 999'999'999'999'999'999),
                PatternSchema(RangePattern(count), "a count or a range: 3, 1..3, 2.. or ..4")}));
}

Type<Range> SizeRangeType() {
  const std::string size = SizePattern();
  return Bounds("a size or a range of sizes", ParseSizeRange,
                EitherOf({PatternSchema("^" + size + "$", "a size"),
                          PatternSchema(RangePattern(size), "a range of sizes: 64KiB..")}));
}

Type<int64_t> CountOrSizeType() {
  const Type<int> count = IntegerType(0, 1'000'000'000, "a count or a size");
  const Type<Bytes> size = SizeType();
  return {
      "a count or a size",
      [count, size](Reader& reader, const Node& node) -> std::optional<int64_t> {
        if (node.IsScalar() && !IsPlainNumber(node)) {
          const auto bytes = size.read(reader, node);
          return bytes ? std::optional(static_cast<int64_t>(bytes->count)) : std::nullopt;
        }
        const auto number = count.read(reader, node);
        return number ? std::optional<int64_t>(*number) : std::nullopt;
      },
      [count, size](Definitions& all) { return EitherOf({count.schema(all), size.schema(all)}); }};
}

Type<int> ModeType() {
  Type<int> type =
      Parsable("a mode", ParseMode, PatternSchema("^[0-7]{3,4}$", "a mode in quotes: \"0644\""));
  type.read = [read = type.read](Reader& reader, const Node& node) -> std::optional<int> {
    if (!IsPlainNumber(node)) return read(reader, node);
    reader.Report(node.mark, "unquoted-mode", "a mode must be in quotes",
                  "write \"" + node.text + "\"");
    return std::nullopt;
  };
  return type;
}

Type<std::string> DateType() {
  Type<std::string> type =
      Parsable("a date", ParseDate,
               PatternSchema("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
                             "a date in quotes: \"2030-01-01T00:00:00Z\""));
  type.read = [read = type.read](Reader& reader, const Node& node) -> std::optional<std::string> {
    if (!node.IsScalar() || node.quoted) return read(reader, node);
    reader.Report(node.mark, "unquoted-date", "a date must be in quotes",
                  "write \"2030-01-01T00:00:00Z\"");
    return std::nullopt;
  };
  return type;
}

Type<std::string> RegexType() {
  return Converted<std::string>(
      StringType("a regular expression"),
      [](Reader& reader, const Node& node, std::string text) -> std::optional<std::string> {
        RE2::Options options;
        options.set_log_errors(false);
        reader.MentionPlaceholders(node, PlaceholdersInPattern(text));
        const RE2 expression(SubstituteInPattern(text, NoValues()), options);
        if (expression.ok()) return text;
        reader.Report(node.mark, "bad-regex",
                      Quoted(text) + " is no regular expression: " + Escaped(expression.error()),
                      "back references and look-around do not exist here");
        return std::nullopt;
      });
}

Type<std::string> NameType(std::string expects) {
  Type<std::string> type = StringType(expects);
  type.read = [expects, read = type.read](Reader& reader,
                                          const Node& node) -> std::optional<std::string> {
    auto name = read(reader, node);
    if (!name || IsName(*name)) return name;
    reader.Report(node.mark, "bad-name", Quoted(*name) + " cannot be " + expects,
                  "use letters, digits, '-' and '_'");
    return std::nullopt;
  };
  type.schema = [](Definitions&) {
    return PatternSchema(kNamePattern, "letters, digits, '-' and '_'");
  };
  return type;
}

Type<std::string> InsidePathType() {
  return Converted<std::string>(
      PlacedType("a path"),
      [](Reader& reader, const Node& node, std::string path) -> std::optional<std::string> {
        const std::filesystem::path parts(path);
        if (!path.empty() && !parts.is_absolute() && std::ranges::find(parts, "..") == parts.end())
          return path;
        reader.Report(node.mark, "path-outside",
                      Quoted(path) + " is not inside the working directory",
                      "write a relative path without '..'");
        return std::nullopt;
      });
}

}  // namespace plumbline::spec

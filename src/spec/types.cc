// SPDX-License-Identifier: MIT
#include "spec/types.h"

#include <re2/re2.h>

#include <set>

#include "base/errno_names.h"
#include "base/signals.h"
#include "base/syscalls.h"
#include "base/text.h"

namespace plumbline::spec {
namespace {

// Text of more bytes than this is no exercise but a mistake.
constexpr uint64_t kLargestText = 64u << 20;

Json StringSchema() { return {{"type", "string"}}; }
Json PatternSchema(const std::string& pattern, const std::string& error) {
  return {{"type", "string"}, {"pattern", pattern}, {"patternErrorMessage", error}};
}
Json IntegerSchema(int64_t least, int64_t most) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
}
Json EnumSchema(const std::vector<std::string>& words) { return {{"enum", words}}; }

bool IsPlainNumber(const Node& node) {
  return node.IsScalar() && !node.quoted && TypeOfPlain(node.text) == PlainType::kNumber;
}

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

std::vector<std::string> ErrnoNames() {
  std::vector<std::string> names;
  for (int code = 1; code < 134; ++code) {
    if (const std::string name = ErrnoName(code); name[0] == 'E') names.push_back(name);
  }
  return names;
}

std::vector<std::string> SignalNames() {
  std::vector<std::string> names;
  for (int signal = 1; signal < 32; ++signal) names.push_back(SignalName(signal).substr(3));
  return names;
}

std::vector<std::string> CallNames() {
  std::vector<std::string> names = SyscallFamilies();
  for (int number = 0; number < 470; ++number) {
    if (const std::string name = SyscallName(number); !name.contains(' ')) names.push_back(name);
  }
  return names;
}

// A word that names something of the system; `known` suggests when `find` knows it not.
template <typename T>
Type<T> SystemName(std::string expects, std::string code,
                   std::function<std::optional<T>(const std::string&)> find,
                   std::vector<std::string> (*known)(), std::string example, Json schema) {
  return {expects,
          [=](Reader& reader, const Node& node) -> std::optional<T> {
            if (IsPlainNumber(node)) {
              reader.Report(node.mark, code, "a number is not " + expects, example);
              return std::nullopt;
            }
            const auto word = ReadText(reader, node, expects);
            if (!word) return std::nullopt;
            auto value = find(*word);
            if (value) return value;
            const std::string hint = DidYouMean(*word, known());
            reader.Report(node.mark, code, Quoted(*word) + " is not " + expects,
                          hint.empty() ? example : hint);
            return std::nullopt;
          },
          [schema](Definitions&) { return schema; }};
}

Json SignalSchema() {
  return EitherOf(
      {EnumSchema(SignalNames()),
       PatternSchema("^(SIG[A-Z0-9]+|(SIG)?RTMIN(\\+[0-9]+)?)$", "a signal, such as USR1")});
}

Type<SignalSet> AnySignalType() {
  return ChoiceType<SignalSet>({{"any", "All signals.", SignalSet{.any = true, .numbers = {}}}});
}

// --- Texts.

Json TextPieceSchema(const Type<TextPiece>& piece, Definitions& all) {
  return EitherOf({StringSchema(), piece.schema(all)});
}

std::optional<TextPiece> ReadFixture(Reader& reader, const Node& node, std::string) {
  const std::string* content = reader.Fixture(node);
  if (content == nullptr) return std::nullopt;
  return TextPiece{.kind = TextPiece::Kind::kRaw, .text = *content};
}

std::optional<TextPiece> ReadHex(Reader& reader, const Node& node, std::string digits) {
  if (digits.size() % 2 != 0 ||
      digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
    reader.Report(node.mark, "bad-hex", Quoted(digits) + " is no row of bytes",
                  "write two hexadecimal digits for each byte: \"00ff\"");
    return std::nullopt;
  }
  TextPiece piece{.kind = TextPiece::Kind::kRaw, .text = {}};
  for (size_t at = 0; at < digits.size(); at += 2)
    piece.text += static_cast<char>(std::stoi(digits.substr(at, 2), nullptr, 16));
  return piece;
}

Type<uint64_t> TextSizeType() {
  return Converted<uint64_t>(
      SizeType(), [](Reader& reader, const Node& node, Bytes size) -> std::optional<uint64_t> {
        if (size.count >= 1 && size.count <= kLargestText) return size.count;
        reader.Report(node.mark, "out-of-range",
                      "a text has 1 B to " + ToString(Bytes{kLargestText}));
        return std::nullopt;
      });
}

// {n} has a value in what is numbered.
Type<std::string> NumberedTextType() {
  Type<std::string> type = PlacedType();
  type.read = [read = type.read](Reader& reader, const Node& node) {
    const bool before = std::exchange(reader.numbered, true);
    auto text = read(reader, node);
    reader.numbered = before;
    return text;
  };
  return type;
}

Type<TextPiece> PieceType() {
  using Piece = TextPiece;
  const auto sized = [](const char* key, const char* doc, Piece::Kind kind) {
    return Shape<Piece>{
        key, Object<Piece>("a text", {Required(key, doc, TextSizeType(), &Piece::size)}, nullptr,
                           Piece{.kind = kind, .text = {}})};
  };
  const auto whole = [](const char* key, const char* doc, Type<Piece> value) {
    struct Holder {
      Piece piece;
    };
    return Shape<Piece>{
        key, Converted<Piece>(
                 Object<Holder>("a text", {Required(key, doc, std::move(value), &Holder::piece)}),
                 [](Reader&, const Node&, Holder holder) -> std::optional<Piece> {
                   return std::move(holder.piece);
                 })};
  };
  return OneOf<Piece>(
      "a text",
      {whole("fixture", "The content of this file of the exercise's folder.",
             Converted<Piece>(StringType("a path"), ReadFixture)),
       sized("bytes", "So many bytes of lines, none twice; always the same.", Piece::Kind::kBytes),
       sized("line", "One line of so many bytes, its newline included.", Piece::Kind::kLine),
       {"numbered", Object<Piece>("a numbered text",
                                  {Required("numbered", "Repeated `count` times; `{n}` is 1, 2 ...",
                                            NumberedTextType(), &Piece::text),
                                   Required("count", "How many times.", IntegerType(1, 10'000'000),
                                            &Piece::count)},
                                  nullptr, Piece{.kind = Piece::Kind::kNumbered, .text = {}})},
       whole("hex", "Bytes by their hexadecimal digits, in quotes: `\"00ff\"`.",
             Converted<Piece>(StringType("hexadecimal digits"), ReadHex))});
}

std::optional<TextPiece> ReadPiece(Reader& reader, const Node& node,
                                   const Type<TextPiece>& recipe) {
  if (node.IsMap()) return recipe.read(reader, node);
  auto text = PlacedType().read(reader, node);
  if (!text) return std::nullopt;
  return TextPiece{.kind = TextPiece::Kind::kText, .text = std::move(*text)};
}

// `{en: Wait, then print}` is a text and a key without one: said so, and left out.
Node WithoutStrays(Reader& reader, const Node& node) {
  Node rest = node;
  std::erase_if(rest.entries, [&](const auto& entry) {
    if (entry.second.kind != Node::Kind::kNull) return false;
    reader.Report(entry.first.mark, "comma-in-text", Quoted(entry.first.text) + " has no text",
                  "a text with a comma needs quotes");
    return true;
  });
  return rest;
}

// --- Trees.

Tree ReadTree(Reader& reader, const Node& key, const Node& node) {
  Tree tree{key.text, {}};
  if (!node.IsMap()) {
    reader.Report(node.mark, "wrong-type",
                  "expected the children of " + Quoted(key.text) + ", found " + Describe(node),
                  "write {} for none");
    return tree;
  }
  for (const auto& [label, children] : node.entries)
    tree.children.push_back(ReadTree(reader, label, children));
  return tree;
}

// --- Descriptors.

std::vector<Choice> DescriptorKinds() {
  return {{"file", "An ordinary file."}, {"pipe", "A pipe without a name."},
          {"fifo", "A named pipe."},     {"socket", "A socket."},
          {"terminal", "A terminal."},   {"null", "/dev/null."}};
}

}  // namespace

// --- Scalars.

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
          [](Definitions&) {
            return Json{{"type", "boolean"}};
          }};
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
            const bool negative = node.text.starts_with('-');
            const auto range = ParseRange(negative ? node.text.substr(1) : node.text);
            if (!range || range->most != range->least) {
              const bool unit = !range && range.error().code == "wrong-unit";
              const bool zero = !range && range.error().code == "leading-zero";
              if (unit || zero) {
                reader.Report(node.mark, range.error());
              } else {
                reader.Report(node.mark, "wrong-type",
                              "expected " + expects + ", found " + Quoted(node.text));
              }
              return std::nullopt;
            }
            const int64_t value = negative ? -range->least : range->least;
            if (value >= least && value <= most) return static_cast<int>(value);
            reader.Report(node.mark, "out-of-range",
                          expects + " goes from " + std::to_string(least) + " to " +
                              std::to_string(most) + ", this is " + node.text);
            return std::nullopt;
          },
          [=](Definitions&) { return IntegerSchema(least, most); }};
}

Type<int> PortType() { return IntegerType(1, 65535, "a port"); }

Type<Duration> DurationType() {
  return Parsable("a duration", ParseDuration,
                  PatternSchema("^[0-9]+(ms|s|min|h|d)$", "a duration, such as 10s"));
}

Type<Bytes> SizeType() {
  return Parsable("a size", ParseSize,
                  PatternSchema("^[0-9]+(B|KiB|MiB)$", "a size, such as 64KiB"));
}

Type<Range> RangeType() {
  return Bounds("a count or a range", ParseRange,
                EitherOf({{{"type", "integer"}, {"minimum", 0}},
                          PatternSchema("^([0-9]+\\.\\.[0-9]*|\\.\\.[0-9]+)$",
                                        "a count or a range: 3, 1..3, 2.. or ..4")}));
}

Type<Range> SizeRangeType() {
  static constexpr const char* kPattern =
      "^([0-9]+(B|KiB|MiB)(\\.\\.([0-9]+(B|KiB|MiB))?)?|\\.\\.[0-9]+(B|KiB|MiB))$";
  return Bounds("a size or a range of sizes", ParseSizeRange,
                PatternSchema(kPattern, "a range of sizes, such as 64KiB.."));
}

Type<int64_t> CountOrSizeType() {
  const Type<int> count = IntegerType(0, 1'000'000'000, "a count or a size");
  const Type<Bytes> size = SizeType();
  return {"a count or a size",
          [count, size](Reader& reader, const Node& node) -> std::optional<int64_t> {
            if (node.IsScalar() && !IsPlainNumber(node)) {
              const auto bytes = size.read(reader, node);
              return bytes ? std::optional(static_cast<int64_t>(bytes->count)) : std::nullopt;
            }
            const auto number = count.read(reader, node);
            return number ? std::optional<int64_t>(*number) : std::nullopt;
          },
          [count, size](Definitions& all) {
            return EitherOf({count.schema(all), size.schema(all)});
          }};
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
        const RE2 expression(text, options);
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

// --- Words out of a table.

Json ChoiceSchema(const std::vector<Choice>& choices) {
  Json words = Json::array();
  for (const Choice& choice : choices)
    words.push_back({{"const", choice.word}, {"description", choice.doc}});
  return {{"oneOf", std::move(words)}};
}

std::optional<size_t> ReadChoice(Reader& reader, const Node& node,
                                 const std::vector<Choice>& choices) {
  std::vector<std::string> words;
  std::string list;
  for (const Choice& choice : choices) {
    words.push_back(choice.word);
    list += (list.empty() ? "" : ", ") + choice.word;
  }
  if (!node.IsScalar()) {
    ReportWrongType(reader, node, "one of " + list);
    return std::nullopt;
  }
  const auto found = std::ranges::find(words, node.text);
  if (found != words.end()) return static_cast<size_t>(found - words.begin());
  const std::string hint = DidYouMean(node.text, words);
  reader.Report(node.mark, "unknown-word", Quoted(node.text) + " is none of " + list, hint);
  return std::nullopt;
}

Type<std::string> WordType(std::vector<Choice> choices) {
  std::vector<Word<std::string>> words;
  for (const Choice& choice : choices) words.push_back({choice.word, choice.doc, choice.word});
  return ChoiceType(std::move(words));
}

// --- The system's names.

Type<std::string> CallType() {
  const auto find = [](const std::string& word) {
    return SyscallsNamed(word).empty() ? std::nullopt : std::optional(word);
  };
  return SystemName<std::string>(
      "a system call", "unknown-call", find, CallNames, "read is a family, recvmsg one call",
      EitherOf({EnumSchema(SyscallFamilies()),
                PatternSchema("^[a-z][a-z0-9_]*$", "a system call or a family")}));
}

Type<int> ErrnoType() {
  return SystemName<int>(
      "an error of errno(3)", "unknown-error",
      [](const std::string& word) { return ErrnoNumber(word); }, ErrnoNames, "write it like EAGAIN",
      PatternSchema("^E[A-Z0-9]+$", "an error, such as EAGAIN"));
}

Type<int> SignalType() {
  return SystemName<int>(
      "a signal", "unknown-signal", [](const std::string& word) { return SignalNumber(word); },
      SignalNames, "write it like USR1", SignalSchema());
}

Type<SignalSet> SignalSetType() {
  const Type<std::vector<int>> several = OneOrMany(SignalType());
  const Type<SignalSet> any = AnySignalType();
  return {"a signal, a list of them, or any",
          [several, any](Reader& reader, const Node& node) -> std::optional<SignalSet> {
            if (node.IsScalar() && node.text == "any") return any.read(reader, node);
            auto numbers = several.read(reader, node);
            if (!numbers) return std::nullopt;
            return SignalSet{.any = false, .numbers = std::move(*numbers)};
          },
          [several, any](Definitions& all) {
            return EitherOf({any.schema(all), several.schema(all)});
          }};
}

Type<std::string> CallResultType() {
  static const std::vector<Choice> kWords{{"ok", "It did not fail."},
                                          {"error", "It failed, whatever with."},
                                          {"stopped", "Of wait: a child was stopped."},
                                          {"continued", "Of wait: a child went on."},
                                          {"exited", "Of wait: a child exited."},
                                          {"killed", "Of wait: a child was killed."}};
  const Type<std::string> word = WordType(kWords);
  const Type<int> error = ErrnoType();
  return {"a result",
          [word, error](Reader& reader, const Node& node) -> std::optional<std::string> {
            if (!node.IsScalar() || !node.text.starts_with('E')) return word.read(reader, node);
            const auto number = error.read(reader, node);
            return number ? std::optional(node.text) : std::nullopt;
          },
          [word, error](Definitions& all) {
            return EitherOf({word.schema(all), error.schema(all)});
          }};
}

// --- Mentions of what is declared elsewhere.

Type<std::string> MentionType(Mention::Kind kind, std::string expects) {
  return Converted<std::string>(
      StringType(std::move(expects)),
      [kind](Reader& reader, const Node& node, std::string word) -> std::optional<std::string> {
        reader.MentionOf(kind, word, node.mark);
        return word;
      });
}

Type<Who> OneWhoType() {
  Type<Who> type = Converted<Who>(
      StringType("a who"),
      [](Reader& reader, const Node& node, const std::string& text) -> std::optional<Who> {
        auto who = ParseWho(text, reader.IsProcessName());
        if (!who) {
          reader.Report(node.mark, who.error());
          return std::nullopt;
        }
        reader.MentionWho(*who, node.mark);
        return std::move(*who);
      });
  type.schema = [](Definitions&) { return Json{{"type", "string"}, {"minLength", 1}}; };
  return type;
}

Type<WhoList> WhoType() { return Named("who", OneOrMany(OneWhoType())); }

Type<Edge> EdgeType() {
  Type<Edge> type = Converted<Edge>(
      StringType("an edge"),
      [](Reader& reader, const Node& node, const std::string& text) -> std::optional<Edge> {
        auto edge = ParseEdge(text, reader.IsProcessName(), reader.IsChannelName());
        if (!edge) {
          reader.Report(node.mark, edge.error());
          return std::nullopt;
        }
        for (const EdgeEnd* end : {&edge->from, &edge->to}) {
          if (const auto* descriptor = std::get_if<DescriptorEnd>(end))
            reader.MentionWho(descriptor->who, reader.Within(node, descriptor->who.text));
          if (const auto* channel = std::get_if<ChannelEnd>(end))
            reader.MentionOf(Mention::Kind::kChannel, channel->channel,
                             reader.Within(node, channel->channel));
        }
        reader.MentionPlaceholders(node);
        return std::move(*edge);
      });
  type.schema = [](Definitions&) {
    return PatternSchema("^[^>]*[^ >] *->[ ]*[^ >][^>]*$", "an edge: \"cat.1 -> sort.0\"");
  };
  return type;
}

// --- Composed.

Type<Text> TextType() {
  const Type<TextPiece> recipe = PieceType();
  return Named<Text>("text",
                     {"text",
                      [recipe](Reader& reader, const Node& node) -> std::optional<Text> {
                        Text text;
                        const std::vector<Node> one{node};
                        for (const Node& part : node.IsList() ? node.items : one) {
                          auto piece = ReadPiece(reader, part, recipe);
                          if (!piece) return std::nullopt;
                          text.pieces.push_back(std::move(*piece));
                        }
                        return text;
                      },
                      [recipe](Definitions& all) {
                        const Json piece = TextPieceSchema(recipe, all);
                        return EitherOf({StringSchema(), recipe.schema(all), ListSchema(piece, 0)});
                      }});
}

Type<Localized> LocalizedType() {
  struct Holder {
    std::string en, ca, es;
  };
  const Keys<Holder> keys{Optional("en", "In English.", StringType(), &Holder::en),
                          Optional("ca", "In Catalan.", StringType(), &Holder::ca),
                          Optional("es", "In Spanish.", StringType(), &Holder::es)};
  Type<Localized> type{
      "a text in several languages",
      [keys](Reader& reader, const Node& node) -> std::optional<Localized> {
        if (!node.IsMap()) {
          reader.Report(node.mark, "wrong-type",
                        "expected a text in several languages, found " + Describe(node),
                        "write {en: ..., ca: ..., es: ...}");
          return std::nullopt;
        }
        Holder holder;
        ReadKeys(reader, WithoutStrays(reader, node), "a text in several languages", keys, holder);
        if (node.entries.empty()) reader.Report(node.mark, "empty-map", "no language is given");
        Localized texts;
        for (const auto& [name, text] : {std::pair("en", &holder.en), std::pair("ca", &holder.ca),
                                         std::pair("es", &holder.es)}) {
          if (node.Find(name) != nullptr) texts[name] = *text;
        }
        return texts;
      },
      [keys](Definitions& all) {
        Json schema = SchemaOf(all, keys);
        schema["minProperties"] = 1;
        return schema;
      }};
  return Named("localized", std::move(type));
}

Type<std::vector<std::string>> ArgumentsType() { return List(PlacedType("an argument")); }

Type<std::map<std::string, std::string>> EnvironmentType() {
  using Environment = std::map<std::string, std::string>;
  const auto check = [](Reader& reader, const Node& key) {
    if (!key.text.empty() && !key.text.contains('=')) return true;
    reader.Report(key.mark, "bad-name", Quoted(key.text) + " cannot be a variable's name",
                  "use letters, digits and '_'");
    return false;
  };
  return Converted<Environment>(
      MapOf(PlacedType("a variable's value"), check),
      [](Reader&, const Node&, std::vector<std::pair<std::string, std::string>> pairs)
          -> std::optional<Environment> { return Environment(pairs.begin(), pairs.end()); });
}

Type<ArgvPattern> ArgvType() {
  using Item = std::optional<std::string>;
  const Type<std::string> word = PlacedType("an argument");
  return List(Type<Item>{"an argument",
                         [word](Reader& reader, const Node& node) -> std::optional<Item> {
                           if (node.kind == Node::Kind::kNull) return std::optional<Item>(Item());
                           auto text = word.read(reader, node);
                           if (!text) return std::nullopt;
                           return std::optional<Item>(std::move(*text));
                         },
                         [](Definitions&) {
                           return Json{{"type", {"string", "null"}}};
                         }});
}

Type<Tree> TreeType() {
  return {"a tree",
          [](Reader& reader, const Node& node) -> std::optional<Tree> {
            if (!node.IsMap() || node.entries.size() != 1) {
              reader.Report(node.mark, "wrong-type", "expected one process with its children",
                            "write {submission: {A: {}, B: {}}}");
              return std::nullopt;
            }
            const Node& root = node.entries[0].first;
            const auto who = ParseWho(root.text, reader.IsProcessName());
            if (who) {
              reader.MentionWho(*who, root.mark);
            } else {
              reader.Report(root.mark, who.error());
            }
            return ReadTree(reader, root, node.entries[0].second);
          },
          [](Definitions& all) {
            const Json children = all.Refer("tree", [](Definitions&) {
              return Json{{"type", "object"},
                          {"additionalProperties", {{"$ref", "#/definitions/tree"}}}};
            });
            return Json{{"type", "object"},
                        {"minProperties", 1},
                        {"maxProperties", 1},
                        {"additionalProperties", children}};
          }};
}

Type<FdTable> FdTableType() {
  const Type<std::string> target = PlacedType("a kind of file, a path or a connection");
  return {"a table of descriptors",
          [target](Reader& reader, const Node& node) -> std::optional<FdTable> {
            if (!node.IsMap()) {
              reader.Report(node.mark, "wrong-type",
                            "expected a table of descriptors, found " + Describe(node),
                            "write {0: socket, 1: pipe}");
              return std::nullopt;
            }
            FdTable table;
            for (const auto& [key, value] : node.entries) {
              const auto number = IntegerType(0, 1'048'576, "a descriptor").read(reader, key);
              auto text = target.read(reader, value);
              if (!number || !text) continue;
              reader.MentionOf(Mention::Kind::kFdTarget, *text, value.mark);
              table[*number] = std::move(*text);
            }
            return table;
          },
          [](Definitions&) {
            const Json words = EitherOf({ChoiceSchema(DescriptorKinds()), StringSchema()});
            return Json{{"type", "object"},
                        {"patternProperties", {{"^[0-9]+$", words}}},
                        {"additionalProperties", false}};
          }};
}

Type<OrderEvent> OrderEventType() {
  using Event = OrderEvent;
  const auto process = [](const char* key, const char* doc, Event::Kind kind) {
    return Shape<Event>{key, Object<Event>("an event", {Required(key, doc, WhoType(), &Event::who)},
                                           nullptr, Event{.kind = kind})};
  };
  return OneOf<Event>(
      "an event",
      {{"call",
        Object<Event>("an event",
                      {Required("call", "A system call or a family.", CallType(), &Event::call),
                       Optional("by", "Who makes it.", WhoType(), &Event::by),
                       Optional("result", "How it ends.", CallResultType(), &Event::result)},
                      nullptr, Event{.kind = Event::Kind::kCall})},
       {"signals", Object<Event>("an event",
                                 {Required("signals", "Signals that are sent.", SignalSetType(),
                                           &Event::signals),
                                  Optional("by", "Who sends.", WhoType(), &Event::by),
                                  Optional("who", "To whom.", WhoType(), &Event::who)},
                                 nullptr, Event{.kind = Event::Kind::kSignals})},
       {"output",
        Object<Event>("an event",
                      {Required("output", "A text that comes.", TextType(), &Event::output),
                       Optional("of", "The stream (`submission.stdout`).",
                                MentionType(Mention::Kind::kStream, "a stream"), &Event::stream)},
                      nullptr, Event{.kind = Event::Kind::kOutput, .stream = "submission.stdout"})},
       process("stopped", "It is stopped.", Event::Kind::kStopped),
       process("continued", "It goes on after a stop.", Event::Kind::kContinued),
       process("exit", "It ends.", Event::Kind::kExit),
       process("reaped", "Its parent waited for it.", Event::Kind::kReaped)});
}

}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
// Texts and lists of them.
#include "base/text.h"
#include "spec/types.h"

namespace plumbline::spec {
namespace {

// Text of more bytes than this is no exercise but a mistake.
constexpr uint64_t kLargestText = 64u << 20;

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
      SomeSizeType(),
      [](Reader&, const Node&, Bytes size) -> std::optional<uint64_t> { return size.count; });
}

// How large a text becomes, but for its placeholders. No overflow: each factor has its limit.
double SizeOf(const Text& text) {
  double size = 0;
  for (const TextPiece& piece : text.pieces) {
    const auto length = static_cast<double>(piece.text.size());
    size += static_cast<double>(piece.size) + length * std::max(piece.count, 1);
  }
  return size;
}

std::optional<Text> WithinLimit(Reader& reader, const Node& node, Text text) {
  if (SizeOf(text) <= static_cast<double>(kLargestText)) return text;
  reader.Report(node.mark, "text-too-large", "a text has at most " + ToString(Bytes{kLargestText}));
  return std::nullopt;
}

Type<TextPiece> HexType() {
  Type<TextPiece> type = Converted<TextPiece>(StringType("hexadecimal digits"), ReadHex);
  type.schema = [](Definitions&) {
    return PatternSchema("^([0-9a-fA-F]{2})*$", "two hexadecimal digits for each byte");
  };
  return type;
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
        key, Object<Piece>("a text", {Required(key, doc, TextSizeType(), &Piece::size)}, {},
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
                                  {}, Piece{.kind = Piece::Kind::kNumbered, .text = {}})},
       whole("hex", "Bytes by their hexadecimal digits, in quotes: `\"00ff\"`.", HexType())});
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

}  // namespace

Type<Text> TextType() {
  static const Type<TextPiece> recipe = PieceType();  // of use to many keys
  return Named<Text>("text",
                     {"text",
                      [](Reader& reader, const Node& node) -> std::optional<Text> {
                        Text text;
                        const std::vector<Node> one{node};
                        for (const Node& part : node.IsList() ? node.items : one) {
                          auto piece = ReadPiece(reader, part, recipe);
                          if (!piece) return std::nullopt;
                          text.pieces.push_back(std::move(*piece));
                        }
                        return WithinLimit(reader, node, std::move(text));
                      },
                      [](Definitions& all) {
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
  const FreeKeys names{"a variable's name",
                       [](const std::string& name) { return !name.empty() && !name.contains('='); },
                       "^[^=]+$", "use letters, digits and '_'"};
  return Converted<Environment>(
      MapOf(PlacedType("a variable's value"), names),
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
                         [](Definitions&) { return Json{{"type", {"string", "null"}}}; }});
}

}  // namespace plumbline::spec

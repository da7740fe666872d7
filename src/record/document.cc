// SPDX-License-Identifier: MIT
#include "record/document.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace plumbline::record {
namespace {

using Json = nlohmann::json;

// More than any run within the output limit makes, and few enough to hold.
constexpr size_t kMostBytes = 256u << 20;
constexpr size_t kMostValues = 8u << 20;
constexpr size_t kMostDepth = 16;

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// RFC 4648, section 4.
std::string ToBase64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t n = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (size_t k = 0; k < 4; ++k) {
      text += k <= n ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  static const std::array<int8_t, 256> values = [] {
    std::array<int8_t, 256> table;
    table.fill(-1);
    for (size_t i = 0; i < kDigits.size(); ++i) {
      table[static_cast<unsigned char>(kDigits[i])] = static_cast<int8_t>(i);
    }
    return table;
  }();
  if (text.size() % 4 != 0) return std::nullopt;
  size_t padding = 0;
  while (padding < 2 && !text.empty() && text.back() == '=') {
    text.remove_suffix(1);
    ++padding;
  }
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  uint32_t group = 0;
  int bits = 0;
  for (const char c : text) {
    const int8_t value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    group = group << 6 | static_cast<uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(group >> bits & 0xff);
    }
  }
  return bytes;
}

bool IsAscii(std::string_view bytes) {
  uint64_t any = 0;
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    uint64_t eight;
    std::memcpy(&eight, bytes.data() + i, 8);
    any |= eight;
  }
  for (; i < bytes.size(); ++i) any |= static_cast<unsigned char>(bytes[i]);
  return (any & 0x8080808080808080u) == 0;
}

// Builds the tree, but no deeper and no larger than a recording can be: the library's own builder
// recurses in CBOR as deep as a document likes.
class BoundedBuilder : public nlohmann::json_sax<Json> {
 public:
  explicit BoundedBuilder(Document& document) : document_(document) {}
  const std::string& wrong() const { return wrong_; }

  bool null() override { return Add(Node::Kind::kNull) != nullptr; }
  bool boolean(bool value) override {
    Node* node = Add(Node::Kind::kFlag);
    if (node != nullptr) node->flag = value;
    return node != nullptr;
  }
  bool number_integer(number_integer_t value) override {
    return AddNumber(static_cast<uint64_t>(value), value < 0);
  }
  bool number_unsigned(number_unsigned_t value) override { return AddNumber(value, false); }
  bool number_float(number_float_t, const string_t&) override {
    return Add(Node::Kind::kFraction) != nullptr;
  }
  bool string(string_t& value) override {
    Node* node = Add(Node::Kind::kText);
    if (node != nullptr) node->text = std::move(value);
    return node != nullptr;
  }
  bool binary(binary_t&) override { return Wrong("a binary value, which no recording has"); }
  bool start_object(std::size_t) override { return Open(Node::Kind::kObject); }
  bool start_array(std::size_t) override { return Open(Node::Kind::kList); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& value) override {
    key_ = std::move(value);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const Json::exception& error) override {
    if (wrong_.empty()) wrong_ = "byte " + std::to_string(position) + ": " + Escaped(error.what());
    return false;
  }

 private:
  bool Wrong(std::string what) {
    wrong_ = std::move(what);
    return false;
  }
  Node* Add(Node::Kind kind) {
    if (document_.nodes.size() >= kMostValues) {
      Wrong("more values than a recording can have");
      return nullptr;
    }
    Node& node = document_.nodes.emplace_back();
    node.kind = kind;
    if (open_.empty()) return &node;
    Node& outer = *open_.back();
    if (outer.kind == Node::Kind::kObject) node.key = std::move(key_);
    (outer.first == nullptr ? outer.first : outer.last->next) = &node;
    outer.last = &node;
    ++outer.size;
    return &node;
  }
  bool AddNumber(uint64_t number, bool negative) {
    Node* node = Add(Node::Kind::kNumber);
    if (node == nullptr) return false;
    node->number = number;
    node->negative = negative;
    return true;
  }
  bool Open(Node::Kind kind) {
    if (open_.size() >= kMostDepth) return Wrong("values nested deeper than in any recording");
    Node* node = Add(kind);
    if (node != nullptr) open_.push_back(node);
    return node != nullptr;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  Document& document_;
  std::vector<Node*> open_;
  std::string key_;
  std::string wrong_;
};

std::string Words(const Reader::Place& place) {
  std::string outer = place.outer == nullptr ? "" : Words(*place.outer);
  if (place.index) return outer + "[" + std::to_string(*place.index) + "]";
  const std::string key = Escaped(place.key, 80);
  return outer.empty() ? key : outer + "." + key;
}

}  // namespace

Node* Node::Find(std::string_view name) {
  for (Node* member = first; member != nullptr; member = member->next) {
    if (member->key == name) return member;
  }
  return nullptr;
}

Result<Document> ParseDocument(std::string_view bytes, Form form) {
  if (bytes.size() > kMostBytes) {
    return Fail("recording: " + ToString(Bytes{bytes.size()}) + " is larger than any (" +
                ToString(Bytes{kMostBytes}) + ")");
  }
  Document document;
  BoundedBuilder builder(document);
  const auto format = form == Form::kJson ? Json::input_format_t::json : Json::input_format_t::cbor;
  try {
    if (Json::sax_parse(bytes, &builder, format)) return document;
  } catch (const std::exception& error) {
    return Fail(std::string("recording: ") + error.what());
  }
  const std::string name = form == Form::kJson ? "JSON" : "CBOR";
  return Fail("recording: no sound " + name + " document: " + builder.wrong());
}

bool TakeBytes(Node& value, std::string& bytes) {
  if (value.kind == Node::Kind::kText) {
    bytes = std::move(value.text);
    return true;
  }
  if (value.kind != Node::Kind::kObject || value.size != 1) return false;
  const Node* base64 = value.Find("base64");
  if (base64 == nullptr || base64->kind != Node::Kind::kText) return false;
  auto decoded = FromBase64(base64->text);
  if (!decoded) return false;
  bytes = *std::move(decoded);
  return true;
}

// --- Sink.

void Sink::Separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

// CBOR: of indefinite length, because nobody counts beforehand (RFC 8949, section 3.2.2).
void Sink::Open(bool object) {
  if (form_ == Form::kCbor) {
    out_ += object ? '\xbf' : '\x9f';
    return;
  }
  Separate();
  out_ += object ? '{' : '[';
  first_ = true;
}

void Sink::Close(bool object) {
  if (form_ == Form::kCbor) {
    out_ += '\xff';
    return;
  }
  out_ += object ? '}' : ']';
  first_ = false;
}

void Sink::Key(std::string_view key) {
  if (form_ == Form::kCbor) return String(key);
  Separate();
  String(key);
  out_ += ':';
  first_ = true;
}

void Sink::CborHead(unsigned char major, uint64_t number) {
  const int size = number < 24            ? 0
                   : number <= 0xff       ? 1
                   : number <= 0xffff     ? 2
                   : number <= 0xffffffff ? 4
                                          : 8;
  const auto kind =
      size == 0 ? number
                : 24u + static_cast<unsigned>(std::countr_zero(static_cast<unsigned>(size)));
  out_ += static_cast<char>(major << 5 | kind);
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
    out_ += static_cast<char>(number >> shift & 0xff);
}

void Sink::Value(uint64_t number) {
  if (form_ == Form::kCbor) return CborHead(0, number);
  Separate();
  out_ += std::to_string(number);
}

void Sink::Value(int64_t number) {
  if (number >= 0) return Value(static_cast<uint64_t>(number));
  if (form_ == Form::kCbor) return CborHead(1, ~static_cast<uint64_t>(number));
  Separate();
  out_ += std::to_string(number);
}

void Sink::Value(bool flag) {
  if (form_ == Form::kCbor) {
    out_ += flag ? '\xf5' : '\xf4';
    return;
  }
  Separate();
  out_ += flag ? "true" : "false";
}

void Sink::Value(const std::string& bytes) {
  if (IsAscii(bytes) || IsUtf8(bytes)) {
    if (form_ == Form::kJson) Separate();
    return String(bytes);
  }
  Open(true);
  Key("base64");
  if (form_ == Form::kJson) Separate();
  String(ToBase64(bytes));
  Close(true);
}

// Text that is UTF-8; of names, which come from the exercise, it is made so.
void Sink::String(std::string_view text) {
  std::string mended;
  if (!IsAscii(text) && !IsUtf8(text)) text = mended = ToUtf8(text);
  if (form_ == Form::kCbor) {
    CborHead(3, text.size());
    out_ += text;
    return;
  }
  out_ += '"';
  size_t plain = 0;  // where the part begins that needs no escape
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out_ += text.substr(plain, i - plain);
    plain = i + 1;
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += text[i];
    } else if (c == '\n') {
      out_ += "\\n";
    } else {
      static constexpr std::string_view kHex = "0123456789abcdef";
      out_ += "\\u00";
      out_ += kHex[c >> 4];
      out_ += kHex[c & 15];
    }
  }
  out_ += text.substr(plain);
  out_ += '"';
}

// --- Reader.

Reader::Reader(Node* value, Reading& reading, const Place& place)
    : value_(value), reading_(reading), place_(place) {
  if (value_ == nullptr || value_->kind == Node::Kind::kObject) return;
  Refuse(place_, "is not an object");
  value_ = nullptr;
}

void Reader::Refuse(const Place& place, const std::string& what) {
  if (reading_.wrong.empty()) reading_.wrong = Words(place) + ": " + what;
}

Node* Reader::Find(const char* key) {
  if (value_ == nullptr || !reading_.wrong.empty()) return nullptr;
  return value_->Find(key);
}

int64_t Reader::SizeOf(const char* key) {
  const Node* value = Find(key);
  return value != nullptr && value->kind == Node::Kind::kList ? static_cast<int64_t>(value->size)
                                                              : 0;
}

void Reader::Text(const char* key, std::string& text) {
  text.clear();
  Node* value = Find(key);
  if (value != nullptr && !TakeBytes(*value, text))
    Refuse(key, "is neither text nor {\"base64\": …}");
}

void Reader::Flag(const char* key, bool& flag) {
  flag = false;
  const Node* value = Find(key);
  if (value == nullptr) return;
  if (value->kind != Node::Kind::kFlag) return Refuse(key, "is neither true nor false");
  flag = value->flag;
}

void Reader::Time(const char* key, Duration& time) {
  int64_t count = 0;
  Number(key, count);
  time = Duration(count);
}

void Reader::MaybeTime(const char* key, std::optional<Duration>& time) {
  time.reset();
  if (Has(key)) Time(key, time.emplace());
}

std::string Reader::RequiredWord(const char* key) {
  const Node* value = Find(key);
  if (value == nullptr) {
    Refuse(key, "is missing");
    return "";
  }
  if (value->kind != Node::Kind::kText) {
    Refuse(key, "is not a word");
    return "";
  }
  return Escaped(value->text, 80);
}

void Reader::Texts(const char* key, std::vector<std::string>& texts) {
  Items(key, [&](Node& value, const Place& place) {
    if (!TakeBytes(value, texts.emplace_back()))
      Refuse(place, "is neither text nor {\"base64\": …}");
  });
}

void Reader::Pairs(const char* key, std::vector<std::pair<std::string, std::string>>& pairs) {
  Items(key, [&](Node& value, const Place& place) {
    auto& [name, text] = pairs.emplace_back();
    const bool pair = value.kind == Node::Kind::kList && value.size == 2;
    if (!pair || !TakeBytes(*value.first, name) || !TakeBytes(*value.last, text)) {
      Refuse(place, "is not a pair of texts");
    }
  });
}

bool Reader::Whole(Node& value, const Place& place, Bounds bounds, int64_t& number) {
  const auto out_of_range = [&](const std::string& shown) {
    Refuse(place, shown + " is out of range (" + std::to_string(bounds.least) + " to " +
                      std::to_string(bounds.most) + ")");
    return false;
  };
  if (value.kind != Node::Kind::kNumber) {
    Refuse(place, "is not a whole number");
    return false;
  }
  if (!value.negative && value.number > uint64_t{INT64_MAX}) {
    return out_of_range(std::to_string(value.number));
  }
  number = static_cast<int64_t>(value.number);
  if (number < bounds.least || number > bounds.most) return out_of_range(std::to_string(number));
  return true;
}

}  // namespace plumbline::record

// SPDX-License-Identifier: MIT
#include "record/document.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"

namespace plumbline::record {
namespace {

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
  Json& root() { return root_; }
  const std::string& wrong() const { return wrong_; }

  bool null() override { return Add(nullptr); }
  bool boolean(bool value) override { return Add(value); }
  bool number_integer(number_integer_t value) override { return Add(value); }
  bool number_unsigned(number_unsigned_t value) override { return Add(value); }
  bool number_float(number_float_t value, const string_t&) override { return Add(value); }
  bool string(string_t& value) override { return Add(std::move(value)); }
  bool binary(binary_t&) override { return Wrong("a binary value, which no recording has"); }
  bool start_object(std::size_t) override { return Open(Json::object()); }
  bool start_array(std::size_t) override { return Open(Json::array()); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& value) override {
    if (open_.back()->contains(value)) return Wrong("the key '" + Escaped(value, 80) + "' twice");
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
  template <typename T>
  bool Add(T&& value) {
    return Put(Json(std::forward<T>(value))) != nullptr;
  }
  Json* Put(Json value) {
    if (++values_ > kMostValues) {
      Wrong("more values than a recording can have");
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& outer = *open_.back();
    if (outer.is_array()) return &outer.emplace_back(std::move(value));
    return &(outer[std::move(key_)] = std::move(value));
  }
  bool Open(Json empty) {
    if (open_.size() >= kMostDepth) return Wrong("values nested deeper than in any recording");
    Json* placed = Put(std::move(empty));
    if (placed != nullptr) open_.push_back(placed);
    return placed != nullptr;
  }
  // An element of a list moves when the list grows, but never while it is open itself.
  bool Close() {
    open_.pop_back();
    return true;
  }

  Json root_;
  std::vector<Json*> open_;
  std::string key_;
  size_t values_ = 0;
  std::string wrong_;
};

std::string Words(const Reader::Place& place) {
  std::string outer = place.outer == nullptr ? "" : Words(*place.outer);
  if (place.index) return outer + "[" + std::to_string(*place.index) + "]";
  const std::string key = Escaped(place.key, 80);
  return outer.empty() ? key : outer + "." + key;
}

}  // namespace

Result<Json> ParseDocument(std::string_view bytes, Form form) {
  if (bytes.size() > kMostBytes) {
    return Fail("recording: " + ToString(Bytes{bytes.size()}) + " is larger than any (" +
                ToString(Bytes{kMostBytes}) + ")");
  }
  BoundedBuilder builder;
  try {
    const auto format =
        form == Form::kJson ? Json::input_format_t::json : Json::input_format_t::cbor;
    if (Json::sax_parse(bytes, &builder, format)) return std::move(builder.root());
  } catch (const std::exception& error) {
    return Fail(std::string("recording: ") + error.what());
  }
  const std::string name = form == Form::kJson ? "JSON" : "CBOR";
  return Fail("recording: no sound " + name + " document: " + builder.wrong());
}

Json BytesValue(const std::string& bytes) {
  if (IsAscii(bytes) || IsUtf8(bytes)) return Json(bytes);
  return Json{{"base64", ToBase64(bytes)}};
}

bool TakeBytes(Json& value, std::string& bytes) {
  if (value.is_string()) {
    bytes = std::move(value.get_ref<std::string&>());
    return true;
  }
  if (!value.is_object() || value.size() != 1) return false;
  const auto it = value.find("base64");
  if (it == value.end() || !it->is_string()) return false;
  auto decoded = FromBase64(it->get_ref<const std::string&>());
  if (!decoded) return false;
  bytes = *std::move(decoded);
  return true;
}

Reader::Reader(Json* value, Reading& reading, const Place& place)
    : value_(value), reading_(reading), place_(place) {
  if (value_ == nullptr || value_->is_object()) return;
  Refuse(place_, "is not an object");
  value_ = nullptr;
}

void Reader::Refuse(const Place& place, const std::string& what) {
  if (reading_.wrong.empty()) reading_.wrong = Words(place) + ": " + what;
}

Json* Reader::Find(const char* key) {
  if (value_ == nullptr || !reading_.wrong.empty()) return nullptr;
  const auto it = value_->find(key);
  return it == value_->end() ? nullptr : &*it;
}

int64_t Reader::SizeOf(const char* key) {
  const Json* value = Find(key);
  return value != nullptr && value->is_array() ? static_cast<int64_t>(value->size()) : 0;
}

void Reader::Text(const char* key, std::string& text) {
  text.clear();
  Json* value = Find(key);
  if (value != nullptr && !TakeBytes(*value, text))
    Refuse(key, "is neither text nor {\"base64\": …}");
}

void Reader::Flag(const char* key, bool& flag) {
  flag = false;
  const Json* value = Find(key);
  if (value == nullptr) return;
  if (!value->is_boolean()) return Refuse(key, "is neither true nor false");
  flag = value->get<bool>();
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
  const Json* value = Find(key);
  if (value == nullptr) {
    Refuse(key, "is missing");
    return "";
  }
  if (!value->is_string()) {
    Refuse(key, "is not a word");
    return "";
  }
  return Escaped(value->get_ref<const std::string&>(), 80);
}

void Reader::Texts(const char* key, std::vector<std::string>& texts) {
  Items(key, [&](Json& value, const Place& place) {
    if (!TakeBytes(value, texts.emplace_back()))
      Refuse(place, "is neither text nor {\"base64\": …}");
  });
}

void Reader::Pairs(const char* key, std::vector<std::pair<std::string, std::string>>& pairs) {
  Items(key, [&](Json& value, const Place& place) {
    auto& [name, text] = pairs.emplace_back();
    const bool pair = value.is_array() && value.size() == 2;
    if (!pair || !TakeBytes(value[0], name) || !TakeBytes(value[1], text)) {
      Refuse(place, "is not a pair of texts");
    }
  });
}

bool Reader::Whole(Json& value, const Place& place, Bounds bounds, int64_t& number) {
  const auto out_of_range = [&](const std::string& shown) {
    Refuse(place, shown + " is out of range (" + std::to_string(bounds.least) + " to " +
                      std::to_string(bounds.most) + ")");
    return false;
  };
  if (!value.is_number_integer()) {
    Refuse(place, "is not a whole number");
    return false;
  }
  if (value.is_number_unsigned() && value.get<uint64_t>() > uint64_t{INT64_MAX}) {
    return out_of_range(std::to_string(value.get<uint64_t>()));
  }
  number = value.get<int64_t>();
  if (number < bounds.least || number > bounds.most) return out_of_range(std::to_string(number));
  return true;
}

}  // namespace plumbline::record

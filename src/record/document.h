// SPDX-License-Identifier: MIT
// Between values and their document form: what codec.cc describes field by field is written by a
// Writer and read back by a Reader, so the two cannot drift. Only codec.cc includes this.
//
// A member that has its default value is left out, and what is left out reads as its default.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/pid.h"
#include "base/units.h"

namespace plumbline::record {

// A value of a document that was read. The members of an object and the items of a list are a
// chain.
struct Node {
  enum class Kind { kNull, kFlag, kNumber, kFraction, kText, kList, kObject };
  Kind kind = Kind::kNull;
  bool flag = false;
  bool negative = false;  // of kNumber: `number` is the int64_t's two's complement
  uint64_t number = 0;
  std::string text;
  std::string key;        // in an object
  Node* first = nullptr;  // of what is inside
  Node* last = nullptr;
  Node* next = nullptr;  // beside it
  size_t size = 0;       // how many are inside

  // The first member of this name. REQUIRES: an object.
  Node* Find(std::string_view name);
};

// Owns the values of a document. Nodes stay where they are.
struct Document {
  std::deque<Node> nodes;  // the first is the root
  Node& root() { return nodes.front(); }
};

// Parses a whole document, JSON text or CBOR, within bounds of size, depth and number of values.
enum class Form { kJson, kCbor };
Result<Document> ParseDocument(std::string_view bytes, Form form);

// Takes a byte string out of `value` (text, or {"base64": "..."}); false if it is neither.
bool TakeBytes(Node& value, std::string& bytes);

// Inclusive bounds of a number.
struct Bounds {
  int64_t least = 0;
  int64_t most = std::numeric_limits<int64_t>::max();
};

template <typename Enum>
struct EnumWord {
  Enum value;
  const char* word;
};

// Puts a document together value by value, without a tree in between.
class Sink {
 public:
  explicit Sink(Form form) : form_(form) {}
  std::string Take() { return std::move(out_); }

  void Open(bool object);  // an object, or a list
  void Close(bool object);
  void Key(std::string_view key);
  void Value(uint64_t number);
  void Value(int64_t number);
  void Value(bool flag);
  // A byte string: text if it is UTF-8, else {"base64": "..."}.
  void Value(const std::string& bytes);

 private:
  void Separate();
  void String(std::string_view text);
  void CborHead(unsigned char major, uint64_t number);

  Form form_;
  std::string out_;
  bool first_ = true;  // in the open object or list
};

class Writer {
 public:
  static constexpr bool kReads = false;
  // Writes one object, from here to the end of this Writer's life.
  explicit Writer(Sink& out) : out_(out) { out_.Open(true); }
  ~Writer() { out_.Close(true); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void Text(const char* key, const std::string& text) {
    if (!text.empty()) Put(key, text);
  }
  template <std::integral T>
  void Number(const char* key, T number, Bounds = {}, T absent = 0) {
    if (number != absent) Put(key, number);
  }
  void Flag(const char* key, bool flag) {
    if (flag) Put(key, true);
  }
  void Time(const char* key, Duration time) { Number(key, time.count()); }
  void MaybeTime(const char* key, const std::optional<Duration>& time) {
    if (time) Put(key, time->count());
  }
  template <typename P>
    requires(std::is_same_v<P, Pid> || std::is_same_v<P, HostPid>)
  void Process(const char* key, P pid) {
    Number(key, pid.value);
  }
  template <typename Enum, size_t n>
  void Word(const char* key, Enum value, const EnumWord<Enum> (&words)[n]) {
    for (const auto& entry : words) {
      if (entry.value == value) Put(key, std::string(entry.word));
    }
  }
  void Index(const char* key, int index) { Number(key, index, {}, -1); }
  void MaybeIndex(const char* key, const std::optional<int>& index) {
    if (index) Put(key, *index);
  }
  void Object(const char* key, int object) { Number(key, object); }
  template <std::integral T>
  void Numbers(const char* key, const std::vector<T>& numbers, Bounds = {}) {
    Items(key, numbers, [&](T number) { Put(number); });
  }
  void Indices(const char* key, const std::vector<int>& indices) { Numbers(key, indices); }
  void Texts(const char* key, const std::vector<std::string>& texts) {
    Items(key, texts, [&](const std::string& text) { Put(text); });
  }
  void Pairs(const char* key, const std::vector<std::pair<std::string, std::string>>& pairs) {
    Items(key, pairs, [&](const auto& pair) {
      out_.Open(false);
      Put(pair.first);
      Put(pair.second);
      out_.Close(false);
    });
  }
  template <typename T, typename Describe>
  void Part(const char* key, const T& part, Describe describe) {
    out_.Key(key);
    Writer inner(out_);
    describe(inner, part);
  }
  template <typename T, typename Describe>
  void Maybe(const char* key, const std::optional<T>& part, Describe describe) {
    if (part) Part(key, *part, describe);
  }
  template <typename T, typename Describe>
  void List(const char* key, const std::vector<T>& items, Describe describe) {
    Items(key, items, [&](const T& item) {
      Writer inner(out_);
      describe(inner, item);
    });
  }
  // A map as an object: its keys are names that the exercise gave.
  template <typename Map, typename Describe>
  void Named(const char* key, const Map& map, Describe describe) {
    if (map.empty()) return;
    out_.Key(key);
    out_.Open(true);
    for (const auto& [name, item] : map) {
      out_.Key(name);
      Writer inner(out_);
      describe(inner, item);
    }
    out_.Close(true);
  }
  // A map as a list: `describe` gets each key and value.
  template <typename Map, typename Describe>
  void Keyed(const char* key, const Map& map, Describe describe) {
    Items(key, map, [&](const auto& entry) {
      Writer inner(out_);
      describe(inner, entry.first, entry.second);
    });
  }

 private:
  template <typename T>
  void Put(const T& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string>) {
      out_.Value(value);
    } else if constexpr (std::is_unsigned_v<T>) {
      out_.Value(uint64_t{value});
    } else {
      out_.Value(int64_t{value});
    }
  }
  template <typename T>
  void Put(const char* key, const T& value) {
    out_.Key(key);
    Put(value);
  }
  template <typename Container, typename Write>
  void Items(const char* key, const Container& items, Write write) {
    if (items.empty()) return;
    out_.Key(key);
    out_.Open(false);
    for (const auto& item : items) write(item);
    out_.Close(false);
  }

  Sink& out_;
};

// What all readers of one document share: the first thing that is wrong, and how far indices go.
struct Reading {
  std::string wrong;  // empty: nothing
  int64_t processes = 0;
  int64_t objects = 0;
  int64_t events = 0;
};

// Reads one object. After the first wrong value everything reads as its default, and Reading::wrong
// says what was wrong and where.
class Reader {
 public:
  static constexpr bool kReads = true;

  // The place of a value: a chain on the stack, put into words only for a mistake.
  struct Place {
    const Place* outer = nullptr;
    std::string_view key;
    std::optional<size_t> index = {};
  };

  // `value` may be null: nothing is there.
  Reader(Node* value, Reading& reading, const Place& place);

  Reading& reading() { return reading_; }
  void Refuse(const Place& place, const std::string& what);
  void Refuse(const char* key, const std::string& what) { Refuse(Place{&place_, key}, what); }
  bool Has(const char* key) { return Find(key) != nullptr; }
  // The number of items of a list, without reading it.
  int64_t SizeOf(const char* key);

  void Text(const char* key, std::string& text);
  // An `absent` that is out of bounds: the member must be there.
  template <std::integral T>
  void Number(const char* key, T& number, Bounds bounds = {}, T absent = 0) {
    number = absent;
    if (Node* value = Find(key)) return ReadNumber(*value, Place{&place_, key}, number, bounds);
    if (std::cmp_less(absent, bounds.least)) Refuse(key, "is missing");
  }
  void Flag(const char* key, bool& flag);
  void Time(const char* key, Duration& time);
  void MaybeTime(const char* key, std::optional<Duration>& time);
  template <typename P>
    requires(std::is_same_v<P, Pid> || std::is_same_v<P, HostPid>)
  void Process(const char* key, P& pid) {
    Number(key, pid.value);
  }
  template <typename Enum, size_t n>
  void Word(const char* key, Enum& value, const EnumWord<Enum> (&words)[n]) {
    const std::string word = RequiredWord(key);
    for (const auto& entry : words) {
      if (word == entry.word) {
        value = entry.value;
        return;
      }
    }
    Refuse(key, "'" + word + "' is not one of the words that may stand here");
  }
  std::string RequiredWord(const char* key);
  // Of the run's processes; absent: the grader.
  void Index(const char* key, int& index) { Number(key, index, {-1, reading_.processes - 1}, -1); }
  void MaybeIndex(const char* key, std::optional<int>& index) {
    index.reset();
    if (!Has(key)) return;
    Index(key, index.emplace());
  }
  // Of the run's objects, from 1; absent: 0.
  void Object(const char* key, int& object) { Number(key, object, {0, reading_.objects}); }
  template <std::integral T>
  void Numbers(const char* key, std::vector<T>& numbers, Bounds bounds = {}) {
    Items(key, [&](Node& value, const Place& place) {
      ReadNumber(value, place, numbers.emplace_back(), bounds);
    });
  }
  void Indices(const char* key, std::vector<int>& indices) {
    Numbers(key, indices, {-1, reading_.processes - 1});
  }
  void Texts(const char* key, std::vector<std::string>& texts);
  void Pairs(const char* key, std::vector<std::pair<std::string, std::string>>& pairs);
  template <typename T, typename Describe>
  void Part(const char* key, T& part, Describe describe) {
    const Place place{&place_, key};
    Node* value = Find(key);
    if (value == nullptr) Refuse(place, "is missing");
    Reader inner(value, reading_, place);
    describe(inner, part);
  }
  template <typename T, typename Describe>
  void Maybe(const char* key, std::optional<T>& part, Describe describe) {
    part.reset();
    if (Has(key)) Part(key, part.emplace(), describe);
  }
  template <typename T, typename Describe>
  void List(const char* key, std::vector<T>& items, Describe describe) {
    items.reserve(static_cast<size_t>(SizeOf(key)));
    Items(key, [&](Node& value, const Place& place) {
      Reader inner(&value, reading_, place);
      describe(inner, items.emplace_back());
    });
  }
  template <typename Map, typename Describe>
  void Named(const char* key, Map& map, Describe describe) {
    Node* value = Find(key);
    if (value == nullptr) return;
    const Place place{&place_, key};
    if (value->kind != Node::Kind::kObject) return Refuse(place, "is not an object");
    for (Node* item = value->first; item != nullptr; item = item->next) {
      Reader inner(item, reading_, Place{&place, item->key});
      describe(inner, map[item->key]);
      if (!reading_.wrong.empty()) return;
    }
  }
  template <typename Map, typename Describe>
  void Keyed(const char* key, Map& map, Describe describe) {
    Items(key, [&](Node& value, const Place& place) {
      Reader inner(&value, reading_, place);
      typename Map::key_type entry_key{};
      typename Map::mapped_type item{};
      describe(inner, entry_key, item);
      if (!map.emplace(std::move(entry_key), std::move(item)).second)
        Refuse(place, "is there twice");
    });
  }

 private:
  Node* Find(const char* key);
  bool Whole(Node& value, const Place& place, Bounds bounds, int64_t& number);
  template <typename T>
  void ReadNumber(Node& value, const Place& place, T& number, Bounds bounds) {
    if constexpr (std::is_same_v<T, uint64_t>) {
      // The only type that int64_t does not hold.
      if (value.kind == Node::Kind::kNumber && !value.negative) {
        number = value.number;
        return;
      }
    }
    constexpr auto kMost = static_cast<uint64_t>(std::numeric_limits<T>::max());
    constexpr auto kSigned = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
    bounds.most = std::min(bounds.most, static_cast<int64_t>(std::min(kMost, kSigned)));
    if constexpr (std::is_signed_v<T>) {
      bounds.least = std::max(bounds.least, static_cast<int64_t>(std::numeric_limits<T>::min()));
    }
    int64_t whole = 0;
    if (Whole(value, place, bounds, whole)) number = static_cast<T>(whole);
  }
  template <typename Read>
  void Items(const char* key, Read read) {
    Node* value = Find(key);
    if (value == nullptr) return;
    const Place place{&place_, key};
    if (value->kind != Node::Kind::kList) return Refuse(place, "is not a list");
    size_t index = 0;
    for (Node* item = value->first; item != nullptr; item = item->next) {
      read(*item, Place{&place, {}, index++});
      if (!reading_.wrong.empty()) return;
    }
  }

  Node* value_;
  Reading& reading_;
  Place place_;
};

// In `describe` functions: T& for a Reader, const T& for a Writer.
template <typename Archive, typename T>
using Value = std::conditional_t<Archive::kReads, T&, const T&>;

}  // namespace plumbline::record

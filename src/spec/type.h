// SPDX-License-Identifier: MIT
// A type of the exercise language is one value that both reads a Node and writes the JSON Schema of
// what it reads, so that loader and schema cannot drift. Types are put together from others:
//
//   Type<Limits> limits = Object<Limits>("limits", {
//       Optional("cpu", "Processor time.", DurationType(), &Limits::cpu)});
//
// Reading never stops at a mistake: it is reported to the Reader, and nothing is returned.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "spec/node.h"
#include "spec/reader.h"

namespace plumbline::spec {

using Json = nlohmann::ordered_json;

// Schemas that are referred to by name, collected while one schema is written.
class Definitions {
 public:
  // {"$ref": "#/definitions/NAME"}; `write` is called once for each name.
  Json Refer(const std::string& name, const std::function<Json(Definitions&)>& write);
  const Json& all() const { return all_; }

 private:
  Json all_ = Json::object();
};

// A function whose copies are one: types are made of types of types, and copying all of them each
// time would take longer than reading the file.
template <typename Signature>
class Shared;
template <typename R, typename... Args>
class Shared<R(Args...)> {
 public:
  Shared() = default;
  template <typename F>
    requires std::is_invocable_r_v<R, const F&, Args...>
  Shared(F function)  // NOLINT(google-explicit-constructor): a type is a list of lambdas
      : function_(std::make_shared<std::function<R(Args...)>>(std::move(function))) {}

  R operator()(Args... args) const { return (*function_)(std::forward<Args>(args)...); }

 private:
  std::shared_ptr<const std::function<R(Args...)>> function_;
};

template <typename T>
struct Type {
  std::string expects;  // "a duration", for "expected a duration, found a list"
  Shared<std::optional<T>(Reader&, const Node&)> read;
  Shared<Json(Definitions&)> schema;
};

// "expected a duration, found a list", with the way to say it, if known.
void ReportWrongType(Reader& reader, const Node& node, const std::string& expects);

// A schema with words for a person who points at the key.
Json Documented(Json schema, const std::string& doc);
Json EitherOf(std::vector<Json> schemas);
Json StringSchema();
// `error` is what an editor says of a text that does not match.
Json PatternSchema(const std::string& pattern, const std::string& error);
Json IntegerSchema(int64_t least, int64_t most);
Json EnumSchema(const std::vector<std::string>& words);

// --- Keys of a map that has fixed ones.

template <typename T>
struct Key {
  std::string name;
  std::string doc;
  bool required = false;
  Shared<void(Reader&, const Node& key, const Node& value, T&)> read;
  Shared<Json(Definitions&)> schema;
};
template <typename T>
using Keys = std::vector<Key<T>>;

template <typename T, typename Object, typename Member>
Key<Object> Optional(std::string name, std::string doc, Type<T> type, Member Object::* member) {
  return {std::move(name), std::move(doc), false,
          [read = std::move(type.read), member](Reader& reader, const Node&, const Node& value,
                                                Object& object) {
            auto read_value = read(reader, value);
            if (!read_value) return;
            // A member may be optional itself.
            T& found = *read_value;
            object.*member = std::move(found);
          },
          std::move(type.schema)};
}

template <typename T, typename Object, typename Member>
Key<Object> Required(std::string name, std::string doc, Type<T> type, Member Object::* member) {
  Key<Object> key = Optional(std::move(name), std::move(doc), std::move(type), member);
  key.required = true;
  return key;
}

// What the keys of a map are called together, for messages and suggestions.
void ReportUnknownKey(Reader& reader, const Node& key, const std::string& what,
                      const std::vector<std::string>& known);
void ReportMissingKey(Reader& reader, const Mark& mark, const std::string& what,
                      const std::string& missing);
// The schema of a map with these keys and no others.
Json ObjectSchema(const std::vector<std::pair<std::string, Json>>& properties,
                  const std::vector<std::string>& required);

template <typename T>
std::vector<std::string> NamesOf(const Keys<T>& keys) {
  std::vector<std::string> names;
  for (const Key<T>& key : keys) names.push_back(key.name);
  return names;
}

// Reads the known keys in the order in which they are written; reports unknown and missing ones.
template <typename T>
void ReadKeys(Reader& reader, const Node& node, const std::string& what, const Keys<T>& keys,
              T& object) {
  for (const auto& [name, value] : node.entries) {
    const auto key = std::ranges::find(keys, name.text, &Key<T>::name);
    if (key == keys.end()) {
      ReportUnknownKey(reader, name, what, NamesOf(keys));
    } else {
      key->read(reader, name, value, object);
    }
  }
  for (const Key<T>& key : keys) {
    if (key.required && node.Find(key.name) == nullptr)
      ReportMissingKey(reader, node.mark, what, "'" + key.name + "'");
  }
}

template <typename T>
Json SchemaOf(Definitions& definitions, const Keys<T>& keys) {
  std::vector<std::pair<std::string, Json>> properties;
  std::vector<std::string> required;
  for (const Key<T>& key : keys) {
    properties.emplace_back(key.name, Documented(key.schema(definitions), key.doc));
    if (key.required) required.push_back(key.name);
  }
  return ObjectSchema(properties, required);
}

// What holds between the keys of one map.
struct Rule {
  Shared<void(Reader&, const Node&)> check;  // after the keys were read
  Json schema;                               // holds for the map besides its keys' schemas
};
using Rules = std::vector<Rule>;

// `what` names the map in messages: "a peer".
Rule ExactlyOneOf(std::string what, std::vector<std::string> keys);
Rule AtMostOneOf(std::string what, std::vector<std::string> keys);
Rule AtLeastOneOf(std::string what, std::vector<std::string> keys);

// `key` has one of these words.
struct Condition {
  std::string key;
  std::vector<std::string> words;
  bool or_absent = false;
};
// `key` may stand only where the condition holds; `message` says why.
Rule OnlyIf(std::string key, Condition condition, std::string message, std::string hint = {});
// Where the condition holds `key` must be given.
Rule NeededIf(std::string what, std::string key, Condition condition);
// `key` may stand only beside `other`.
Rule OnlyWith(std::string key, std::string other, std::string message);

Json WithRules(Json schema, const Rules& rules);

template <typename T>
Type<T> Object(std::string what, Keys<T> keys, Rules rules = {}, T start = {}) {
  return {what,
          [what, keys, rules, start](Reader& reader, const Node& node) -> std::optional<T> {
            if (!node.IsMap()) {
              ReportWrongType(reader, node, what);
              return std::nullopt;
            }
            T object = start;
            ReadKeys(reader, node, what, keys, object);
            for (const Rule& rule : rules) rule.check(reader, node);
            return object;
          },
          [keys, rules](Definitions& definitions) {
            return WithRules(SchemaOf(definitions, keys), rules);
          }};
}

// One shape of a map, told from the others by a key that only it has.
template <typename T>
struct Shape {
  std::string key;
  Type<T> type;
};

// The one of `keys` that the map has; reports none or several.
std::optional<std::string> OneKeyOf(Reader& reader, const Node& node, const std::string& what,
                                    const std::vector<std::string>& keys);

template <typename T>
Type<T> OneOf(std::string what, std::vector<Shape<T>> shapes) {
  return {what,
          [what, shapes](Reader& reader, const Node& node) -> std::optional<T> {
            std::vector<std::string> keys;
            for (const Shape<T>& shape : shapes) keys.push_back(shape.key);
            const auto key = OneKeyOf(reader, node, what, keys);
            if (!key) return std::nullopt;
            return std::ranges::find(shapes, *key, &Shape<T>::key)->type.read(reader, node);
          },
          [shapes](Definitions& definitions) {
            std::vector<Json> schemas;
            for (const Shape<T>& shape : shapes) schemas.push_back(shape.type.schema(definitions));
            return EitherOf(std::move(schemas));
          }};
}

// --- Types from types.

// Read by another type; `convert` makes the value and may complain.
template <typename U, typename T, typename F>
Type<U> Converted(Type<T> type, F convert) {
  return {type.expects,
          [read = type.read, convert](Reader& reader, const Node& node) -> std::optional<U> {
            auto value = read(reader, node);
            if (!value) return std::nullopt;
            return convert(reader, node, std::move(*value));
          },
          type.schema};
}

template <typename U, typename T>
Type<U> As(Type<T> type) {
  return Converted<U>(std::move(type), [](Reader&, const Node&, T value) -> std::optional<U> {
    return U(std::move(value));
  });
}

// Referred to by name in the schema.
template <typename T>
Type<T> Named(std::string name, Type<T> type) {
  type.schema = [name = std::move(name), write = std::move(type.schema)](Definitions& all) {
    return all.Refer(name, write);
  };
  return type;
}

// A type that is made when something of it is first read or written: a file uses a few of all that
// it might.
template <typename T, typename Make>
Type<T> Deferred(std::string expects, Make make) {
  const auto made = std::make_shared<std::optional<Type<T>>>();
  const auto type = [made, make]() -> const Type<T>& {
    if (!*made) *made = make();
    return **made;
  };
  return {std::move(expects),
          [type](Reader& reader, const Node& node) { return type().read(reader, node); },
          [type](Definitions& all) { return type().schema(all); }};
}

Json ListSchema(Json item, size_t least);
// Reports a list with fewer than `least` items.
void CheckLength(Reader& reader, const Node& node, size_t least);

template <typename T>
std::vector<T> ReadItems(Reader& reader, const Node& node, const Type<T>& item) {
  std::vector<T> values;
  for (const Node& child : node.items) {
    if (auto value = item.read(reader, child)) values.push_back(std::move(*value));
  }
  return values;
}

template <typename T>
Type<std::vector<T>> List(Type<T> item, size_t least = 0) {
  const std::string expects = "a list";
  return {
      expects,
      [item, least, expects](Reader& reader, const Node& node) -> std::optional<std::vector<T>> {
        if (!node.IsList()) {
          ReportWrongType(reader, node, expects);
          return std::nullopt;
        }
        CheckLength(reader, node, least);
        return ReadItems(reader, node, item);
      },
      [item, least](Definitions& all) { return ListSchema(item.schema(all), least); }};
}

// One, or a list of at least one.
template <typename T>
Type<std::vector<T>> OneOrMany(Type<T> item) {
  return {item.expects + " or a list",
          [item, list = List(item, 1)](Reader& reader,
                                       const Node& node) -> std::optional<std::vector<T>> {
            if (node.IsList()) return list.read(reader, node);
            auto value = item.read(reader, node);
            if (!value) return std::nullopt;
            return std::vector<T>{std::move(*value)};
          },
          [item](Definitions& all) {
            return EitherOf({item.schema(all), ListSchema(item.schema(all), 1)});
          }};
}

Json WithoutRepeats(Json schema);
// Reports each scalar item that was there before.
void RefuseRepeats(Reader& reader, const Node& list);

// A list, or one or many, in which no word may come twice.
template <typename T>
Type<std::vector<T>> Distinct(Type<std::vector<T>> type) {
  return {type.expects,
          [read = type.read](Reader& reader, const Node& node) {
            RefuseRepeats(reader, node);
            return read(reader, node);
          },
          [write = type.schema](Definitions& all) { return WithoutRepeats(write(all)); }};
}

// A word, or a map: told apart by what the node is.
template <typename T>
Type<T> WordOrMap(Type<T> word, Type<T> map) {
  return {word.expects + " or " + map.expects,
          [word, map](Reader& reader, const Node& node) {
            return node.IsMap() ? map.read(reader, node) : word.read(reader, node);
          },
          [word, map](Definitions& all) { return EitherOf({word.schema(all), map.schema(all)}); }};
}

// `pattern`: of its keys; "" for any.
Json MapSchema(Json item, const std::string& pattern, size_t least);

// Keys that are the author's own: `allowed` says of one whether it may be so; `pattern` says the
// same to the schema.
struct FreeKeys {
  std::string what;  // "a program's name"
  std::function<bool(const std::string&)> allowed;
  std::string pattern;
  std::string hint;
};
bool CheckFreeKey(Reader& reader, const Node& key, const FreeKeys& keys);
// Names, as IsName has them.
FreeKeys NameKeys(std::string what);

// The pairs come as written.
template <typename T>
Type<std::vector<std::pair<std::string, T>>> MapOf(Type<T> item, FreeKeys keys, size_t least = 0) {
  using Pairs = std::vector<std::pair<std::string, T>>;
  const std::string expects = "a map";
  return {expects,
          [=](Reader& reader, const Node& node) -> std::optional<Pairs> {
            if (!node.IsMap()) {
              ReportWrongType(reader, node, expects);
              return std::nullopt;
            }
            Pairs pairs;
            for (const auto& [key, value] : node.entries) {
              const bool good = CheckFreeKey(reader, key, keys);
              auto read_value = item.read(reader, value);
              if (good && read_value) pairs.emplace_back(key.text, std::move(*read_value));
            }
            if (node.entries.size() < least)
              reader.Report(node.mark, "empty-map", "there is nothing in it", "");
            return pairs;
          },
          [=](Definitions& all) { return MapSchema(item.schema(all), keys.pattern, least); }};
}

}  // namespace plumbline::spec

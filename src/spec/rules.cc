// SPDX-License-Identifier: MIT
// What holds between the keys of one map.
#include <algorithm>

#include "spec/type.h"

namespace plumbline::spec {
namespace {

using Strings = std::vector<std::string>;

auto Given(const Node& node) {
  return [&node](const std::string& key) { return node.Find(key) != nullptr; };
}

Json Required(const Strings& keys) { return {{"required", keys}}; }

// One schema for each key: the map has it.
Json Each(const Strings& keys) {
  Json schemas = Json::array();
  for (const std::string& key : keys) schemas.push_back(Required({key}));
  return schemas;
}

bool Holds(const Condition& condition, const Node& node) {
  const Node* value = node.Find(condition.key);
  if (value == nullptr) return condition.or_absent;
  return std::ranges::find(condition.words, value->text) != condition.words.end();
}

Json SchemaOf(const Condition& condition) {
  Json schema = {{"properties", {{condition.key, EnumSchema(condition.words)}}}};
  if (!condition.or_absent) schema["required"] = {condition.key};
  return schema;
}

}  // namespace

Rule ExactlyOneOf(std::string what, Strings keys) {
  return {[what, keys](Reader& reader, const Node& node) { OneKeyOf(reader, node, what, keys); },
          {{"oneOf", Each(keys)}}};
}

Rule AtMostOneOf(std::string what, Strings keys) {
  Json rivals = Json::array();
  for (auto one = keys.begin(); one != keys.end(); ++one) {
    for (auto other = one + 1; other != keys.end(); ++other)
      rivals.push_back({{"not", Required({*one, *other})}});
  }
  return {[what, keys](Reader& reader, const Node& node) {
            if (std::ranges::count_if(keys, Given(node)) > 1) OneKeyOf(reader, node, what, keys);
          },
          {{"allOf", std::move(rivals)}}};
}

Rule AtLeastOneOf(std::string what, Strings keys) {
  return {[what, keys](Reader& reader, const Node& node) {
            if (std::ranges::none_of(keys, Given(node))) OneKeyOf(reader, node, what, keys);
          },
          {{"anyOf", Each(keys)}}};
}

Rule OnlyIf(std::string key, Condition condition, std::string message, std::string hint) {
  Json schema = {{"if", Required({key})}, {"then", SchemaOf(condition)}};
  return {[=](Reader& reader, const Node& node) {
            const Node* place = node.FindKey(key);
            if (place == nullptr || Holds(condition, node)) return;
            reader.Report(place->mark, "misplaced-key", message, hint);
          },
          std::move(schema)};
}

Rule NeededIf(std::string what, std::string key, Condition condition) {
  Json schema = {{"if", SchemaOf(condition)}, {"then", Required({key})}};
  return {[=](Reader& reader, const Node& node) {
            if (Holds(condition, node) && node.Find(key) == nullptr)
              ReportMissingKey(reader, node.mark, what, Quoted(key));
          },
          std::move(schema)};
}

Rule OnlyWith(std::string key, std::string other, std::string message) {
  Json schema = {{"dependencies", {{key, {other}}}}};
  return {[=](Reader& reader, const Node& node) {
            const Node* place = node.FindKey(key);
            if (place == nullptr || node.Find(other) != nullptr) return;
            reader.Report(place->mark, "misplaced-key", message, "add " + Quoted(other));
          },
          std::move(schema)};
}

Json WithRules(Json schema, const Rules& rules) {
  if (rules.empty()) return schema;
  Json all = Json::array();
  for (const Rule& rule : rules) all.push_back(rule.schema);
  schema["allOf"] = std::move(all);
  return schema;
}

}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
// The parts of types that need no template.
#include "spec/type.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace plumbline::spec {

Json Definitions::Refer(const std::string& name, const std::function<Json(Definitions&)>& write) {
  if (!all_.contains(name)) {
    all_[name] = Json::object();  // a schema that refers to itself finds its name taken
    all_[name] = write(*this);
  }
  return {{"$ref", "#/definitions/" + name}};
}

void ReportWrongType(Reader& reader, const Node& node, const std::string& expects) {
  reader.Report(node.mark, "wrong-type", "expected " + expects + ", found " + Describe(node));
}

Json Documented(Json schema, const std::string& doc) {
  // Beside "$ref" a reader of draft-07 sees nothing else; and of alternatives editors explain the
  // one that is taken, which has no words of its own.
  for (const char* key : {"$ref", "anyOf", "oneOf"}) {
    if (schema.contains(key)) schema = {{"allOf", Json::array({std::move(schema)})}};
  }
  schema["markdownDescription"] = doc;
  return schema;
}

Json StringSchema() { return {{"type", "string"}}; }

Json PatternSchema(const std::string& pattern, const std::string& error) {
  return {{"type", "string"}, {"pattern", pattern}, {"patternErrorMessage", error}};
}

Json IntegerSchema(int64_t least, int64_t most) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
}

Json EnumSchema(const std::vector<std::string>& words) { return {{"enum", words}}; }

Json EitherOf(std::vector<Json> schemas) {
  return schemas.size() == 1 ? std::move(schemas[0]) : Json{{"anyOf", std::move(schemas)}};
}

namespace {

// Where kinds of checks may stand, a key with a dot was meant to be one.
bool IsMeantAsKind(const Node& key, const std::vector<std::string>& known) {
  const auto has_dot = [](const std::string& name) { return name.contains('.'); };
  return has_dot(key.text) && std::ranges::any_of(known, has_dot);
}

void ReportUnknownKind(Reader& reader, const Node& key, const std::vector<std::string>& known) {
  // A long topic would make all its kinds near to one another.
  const std::string topic = key.text.substr(0, key.text.find('.') + 1);
  std::vector<std::string> of_topic;
  for (const std::string& name : known) {
    if (name.starts_with(topic)) of_topic.push_back(name.substr(topic.size()));
  }
  const std::string near = Nearest(key.text.substr(topic.size()), of_topic);
  std::string hint = of_topic.empty() ? DidYouMean(key.text, known) : "";
  if (!near.empty()) hint = "did you mean '" + topic + near + "'?";
  if (near.empty() && !of_topic.empty()) hint = topic + "* has " + Listed(of_topic);
  reader.Report(key.mark, "unknown-kind", "there is no kind of check " + Quoted(key.text), hint);
}

}  // namespace

void ReportUnknownKey(Reader& reader, const Node& key, const std::string& what,
                      const std::vector<std::string>& known) {
  if (IsMeantAsKind(key, known)) return ReportUnknownKind(reader, key, known);
  std::string hint = DidYouMean(key.text, known);
  if (hint.empty() && known.size() <= 20) hint = "known: " + Listed(known);
  reader.Report(key.mark, "unknown-key", "unknown key " + Quoted(key.text) + " in " + what, hint);
}

void ReportMissingKey(Reader& reader, const Mark& mark, const std::string& what,
                      const std::string& missing) {
  reader.Report(mark, "missing-key", what + " needs " + missing);
}

Json ObjectSchema(const std::vector<std::pair<std::string, Json>>& properties,
                  const std::vector<std::string>& required) {
  Json schema = {{"type", "object"}, {"additionalProperties", false}};
  Json& all = schema["properties"] = Json::object();
  for (const auto& [name, property] : properties) all[name] = property;
  if (!required.empty()) schema["required"] = required;
  return schema;
}

std::optional<std::string> OneKeyOf(Reader& reader, const Node& node, const std::string& what,
                                    const std::vector<std::string>& keys) {
  if (!node.IsMap()) {
    ReportWrongType(reader, node, what);
    return std::nullopt;
  }
  std::vector<const Node*> found;
  for (const auto& [key, value] : node.entries) {
    if (std::ranges::find(keys, key.text) != keys.end()) found.push_back(&key);
  }
  if (found.size() == 1) return found[0]->text;
  if (found.size() > 1) {
    reader.Report(found[1]->mark, "conflicting-keys",
                  Quoted(found[0]->text) + " and " + Quoted(found[1]->text) + " in one " +
                      what.substr(what.find(' ') + 1),
                  "keep one of them");
    return std::nullopt;
  }
  for (const auto& [key, value] : node.entries) {
    if (DidYouMean(key.text, keys).empty()) continue;
    ReportUnknownKey(reader, key, what, keys);
    return std::nullopt;
  }
  ReportMissingKey(reader, node.mark, what, "one of " + Listed(keys));
  return std::nullopt;
}

Json ListSchema(Json item, size_t least) {
  Json schema = {{"type", "array"}, {"items", std::move(item)}};
  if (least > 0) schema["minItems"] = least;
  return schema;
}

void CheckLength(Reader& reader, const Node& node, size_t least) {
  if (node.items.size() < least) reader.Report(node.mark, "empty-list", "the list is empty");
}

Json MapSchema(Json item, const std::string& pattern, size_t least) {
  Json schema = {{"type", "object"}, {"additionalProperties", std::move(item)}};
  if (!pattern.empty()) schema["propertyNames"] = {{"pattern", pattern}};
  if (least > 0) schema["minProperties"] = least;
  return schema;
}

bool CheckFreeKey(Reader& reader, const Node& key, const FreeKeys& keys) {
  if (keys.allowed(key.text)) return true;
  reader.Report(key.mark, "bad-name", Quoted(key.text) + " cannot be " + keys.what, keys.hint);
  return false;
}

FreeKeys NameKeys(std::string what) {
  return {std::move(what), [](const std::string& word) { return IsName(word); }, kNamePattern,
          "use letters, digits, '-' and '_'"};
}

Json WithoutRepeats(Json schema) {
  if (schema.contains("anyOf")) {
    for (Json& one : schema["anyOf"]) one = WithoutRepeats(std::move(one));
  }
  if (schema.value("type", "") == "array") schema["uniqueItems"] = true;
  return schema;
}

void RefuseRepeats(Reader& reader, const Node& list) {
  std::set<std::string> seen;
  for (const Node& item : list.items) {
    if (!item.IsScalar() || seen.insert(item.text).second) continue;
    reader.Report(item.mark, "duplicate-item", Quoted(item.text) + " is there twice",
                  "keep one of them");
  }
}

}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
#include "base/check.h"
#include "spec/tables.h"

namespace plumbline::spec {
namespace {

using Kind = Mention::Kind;
using Strings = std::vector<std::string>;

// --- Clauses

std::string DocOf(const ParamSpec& param) {
  return param.default_value ? param.doc + " (`" + *param.default_value + "`)" : param.doc;
}

Keys<Params> KeysOf(const KindTable& kind) {
  Keys<Params> keys;
  for (const ParamSpec& param : kind.params) {
    const Type<ParamValue> type = ParamValueType(param);
    keys.push_back(
        {param.name, DocOf(param), param.required,
         [type, name = param.name](Reader& reader, const Node&, const Node& value, Params& params) {
           if (auto read = type.read(reader, value)) params.Set(name, std::move(*read), value.mark);
         },
         type.schema});
  }
  return keys;
}

bool HasRival(const KindTable& kind, const Node& node, const std::string& param) {
  return std::ranges::any_of(kind.exclusive, [&](const Strings& group) {
    return std::ranges::find(group, param) != group.end() &&
           std::ranges::any_of(group, [&](const std::string& other) {
             return other != param && node.Find(other) != nullptr;
           });
  });
}

// Defaults are written as a teacher would write them, and read in the same way.
void SetDefaults(Reader& reader, const KindTable& kind, const Node& node, Params& params) {
  for (const ParamSpec& param : kind.params) {
    const bool given = node.Find(param.name) != nullptr;
    if (given || !param.default_value || HasRival(kind, node, param.name)) continue;
    Diagnostics mistakes;
    const auto value = ParseYaml(*param.default_value, kind.name, mistakes);
    CHECK(value && mistakes.empty());
    if (auto read = ParamValueType(param).read(reader, *value))
      params.Set(param.name, std::move(*read), node.mark);
  }
}

Rules RulesOf(const KindTable& kind) {
  Rules rules;
  if (!kind.one_of.empty()) rules.push_back(AtLeastOneOf(kind.name, kind.one_of));
  for (const Strings& group : kind.exclusive) rules.push_back(AtMostOneOf(kind.name, group));
  for (const ParamSpec& param : kind.params) {
    if (!param.beside.empty())
      rules.push_back(OnlyWith(param.name, param.beside,
                               Quoted(param.name) + " says something of " + Quoted(param.beside)));
  }
  return rules;
}

}  // namespace

Type<Clause> ClauseType(const KindTable& kind) {
  const Keys<Params> keys = KeysOf(kind);
  const Rules rules = RulesOf(kind);
  return {"the parameters of " + kind.name,
          [kind, keys, rules](Reader& reader, const Node& node) -> std::optional<Clause> {
            if (!node.IsMap()) {
              reader.Report(node.mark, "wrong-type",
                            "expected the parameters of " + kind.name + ", found " + Describe(node),
                            "write {} for none");
              return std::nullopt;
            }
            Clause clause{kind.name, {}, node.mark};
            ReadKeys(reader, node, kind.name, keys, clause.params);
            for (const Rule& rule : rules) rule.check(reader, node);
            SetDefaults(reader, kind, node, clause.params);
            return clause;
          },
          [keys, rules](Definitions& all) { return WithRules(SchemaOf(all, keys), rules); }};
}

namespace {

// --- Checks

// Reads a kind's clause into what `add` makes of it. Each clause is an item of its own: mentions
// of one are compared with one another.
template <typename T>
Keys<T> KindKeys(std::span<const KindTable> kinds, void (*add)(T&, Clause)) {
  Keys<T> keys;
  for (const KindTable& kind : kinds) {
    const Type<Clause> clause =
        Named(kind.name, Deferred<Clause>(kind.name, [&kind] { return ClauseType(kind); }));
    keys.push_back({kind.name, kind.doc, false,
                    [clause, add](Reader& reader, const Node& key, const Node& value, T& object) {
                      ++reader.item;
                      auto read = clause.read(reader, value);
                      if (!read) return;
                      read->mark = key.mark;
                      add(object, std::move(*read));
                    },
                    clause.schema});
  }
  return keys;
}

using Clauses = std::vector<Clause>;

// Something is checked: a map has a key that is none of `others`. (One that is unknown was meant to
// be a kind, and is reported as what it is.) `claims` are the keys that check something.
Rule ChecksSomething(Strings claims, Strings others) {
  Json some = Json::array();
  for (const std::string& claim : claims) some.push_back({{"required", {claim}}});
  return {[others](Reader& reader, const Node& node) {
            const bool all_others = std::ranges::all_of(node.entries, [&](const auto& entry) {
              return std::ranges::find(others, entry.first.text) != others.end();
            });
            if (!all_others) return;
            reader.Report(node.mark, "empty-check", "nothing is checked here",
                          "add a kind, such as processes.exit: {status: 0}");
          },
          {{"anyOf", std::move(some)}}};
}

Strings KindNames(std::span<const KindTable> kinds) {
  Strings names;
  for (const KindTable& kind : kinds) names.push_back(kind.name);
  return names;
}

Type<Clauses> AlternativeType(std::span<const KindTable> kinds) {
  return Object<Clauses>(
      "an alternative",
      KindKeys<Clauses>(kinds, [](Clauses& all, Clause one) { all.push_back(std::move(one)); }),
      {ChecksSomething(KindNames(kinds), {})});
}

Key<Check> AnyOfKey(std::span<const KindTable> kinds) {
  const Type<std::vector<Clauses>> type =
      List(Deferred<Clauses>("an alternative", [kinds] { return AlternativeType(kinds); }), 1);
  return {"any_of", "Alternatives, one of which must hold.", false,
          [type](Reader& reader, const Node&, const Node& value, Check& check) {
            if (auto read = type.read(reader, value))
              check.requirements.emplace_back(AnyOf{std::move(*read)});
          },
          type.schema};
}

Key<Check> HintKey() {
  const Type<std::vector<Localized>> type = OneOrMany(LocalizedType());
  return Optional("hint", "What the student can try, in several languages; or a list.", type,
                  &Check::hints);
}

Key<Check> HiddenKey() {
  return Optional("hidden", "`until-graded`: students see no details of it.",
                  ChoiceType<bool>({{"until-graded", "Until grades are published.", true}}),
                  &Check::hidden);
}

}  // namespace

std::vector<Choice> LanguageWords() {
  return {{"c", "C"}, {"cpp", "C++"}, {"py", "Python"}, {"sh", "Bash"}};
}

Type<std::string> LanguageType() {
  return Converted<std::string>(
      WordType(LanguageWords()),
      [](Reader& reader, const Node& node, std::string word) -> std::optional<std::string> {
        reader.MentionOf(Kind::kLanguage, word, node.mark);
        return word;
      });
}

Type<Check> CheckType(std::span<const KindTable> kinds) {
  Keys<Check> keys{
      Required("id", "The check's name.", NameType("a check's id"), &Check::id),
      Optional("points", "What it is worth (1).", IntegerType(1, 10'000, "points"), &Check::points),
      Optional("title", "What it is called, in several languages.", LocalizedType(), &Check::title),
      HintKey(),
      Optional("languages", "For others it is left out, its points too.",
               Distinct(List(LanguageType(), 1)), &Check::languages),
      Optional("scenario", "One or a list; it must pass in each (all that have what it names).",
               Distinct(OneOrMany(MentionType(Kind::kScenario, "a scenario"))), &Check::scenarios),
      Optional("needs", "Checks without which it is not reached.",
               Distinct(OneOrMany(MentionType(Kind::kCheck, "a check"))), &Check::needs),
      Optional("gate", "`true`: without it there are no points at all.", BoolType(), &Check::gate),
      Optional("bonus", "`true`: its points are above the sum.", BoolType(), &Check::bonus),
      HiddenKey(),
  };
  const Strings others = NamesOf(keys);
  keys.push_back(AnyOfKey(kinds));
  const Keys<Check> uses = KindKeys<Check>(kinds, [](Check& check, Clause clause) {
    check.requirements.emplace_back(std::move(clause));
  });
  keys.insert(keys.end(), uses.begin(), uses.end());
  Strings claims = KindNames(kinds);
  claims.push_back("any_of");
  return Named("check", Object<Check>("a check", keys, {ChecksSomething(claims, others)}));
}

}  // namespace plumbline::spec

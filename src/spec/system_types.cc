// SPDX-License-Identifier: MIT
// Words out of a table: those of an exercise, and the names that the system has for calls, errors
// and signals.
#include "base/errno_names.h"
#include "base/signals.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "spec/types.h"

namespace plumbline::spec {
namespace {

using Strings = std::vector<std::string>;

// All that ErrnoNumber knows.
Strings ErrnoNames() {
  Strings names;
  for (int code = 1; code < 134; ++code) {
    if (const std::string name = ErrnoName(code); name[0] == 'E') names.push_back(name);
  }
  for (const char* second : {"EWOULDBLOCK", "EDEADLOCK", "ENOTSUP"}) names.push_back(second);
  return names;
}

// All that SignalNumber knows, but those of real time.
Strings SignalNames() {
  Strings names;
  for (int signal = 1; signal < 32; ++signal) names.push_back(SignalName(signal).substr(3));
  for (const char* second : {"CLD", "IOT", "POLL"}) names.push_back(second);
  return names;
}

// All that SyscallsNamed knows. Families have the names of calls, and each name comes once.
Strings CallNames() {
  Strings names = SyscallFamilies();
  for (int number = 0; number < 512; ++number) {
    const std::string name = SyscallName(number);
    if (!name.contains(' ') && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

// Names that the system has for something. Making the list of them is slow, so it is made only for
// a schema or a suggestion.
template <typename T>
struct SystemNames {
  std::string name;     // of the schema
  std::string expects;  // "a signal"
  std::string code;     // of the mistake
  std::string example;
  std::optional<T> (*find)(const std::string&);
  Strings (*all)();
  Json (*schema)();
};

template <typename T>
Type<T> SystemName(SystemNames<T> names) {
  return Named(names.name, Type<T>{names.expects,
                                   [names](Reader& reader, const Node& node) -> std::optional<T> {
                                     if (IsPlainNumber(node)) {
                                       reader.Report(node.mark, names.code,
                                                     "a number is not " + names.expects,
                                                     names.example);
                                       return std::nullopt;
                                     }
                                     const auto word = StringType(names.expects).read(reader, node);
                                     if (!word) return std::nullopt;
                                     auto value = names.find(*word);
                                     if (value) return value;
                                     const std::string hint = DidYouMean(*word, names.all());
                                     reader.Report(node.mark, names.code,
                                                   Quoted(*word) + " is not " + names.expects,
                                                   hint.empty() ? names.example : hint);
                                     return std::nullopt;
                                   },
                                   [schema = names.schema](Definitions&) { return schema(); }});
}

Json SignalSchema() {
  Strings long_names;
  for (const std::string& name : SignalNames()) long_names.push_back("SIG" + name);
  const std::string steps = "([1-9]|[12][0-9]|30)";
  return EitherOf({EnumSchema(SignalNames()), EnumSchema(long_names),
                   PatternSchema("^(SIG)?(RTMIN(\\+" + steps + ")?|RTMAX(-" + steps + ")?)$",
                                 "a signal, such as USR1")});
}

Type<SignalSet> AnySignalType() {
  return ChoiceType<SignalSet>({{"any", "All signals.", SignalSet{.any = true, .numbers = {}}}});
}

}  // namespace

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
  for (const Choice& choice : choices) words.push_back(choice.word);
  if (!node.IsScalar()) {
    ReportWrongType(reader, node, "one of " + Listed(words));
    return std::nullopt;
  }
  const auto found = std::ranges::find(words, node.text);
  if (found != words.end()) return static_cast<size_t>(found - words.begin());
  const std::string hint = DidYouMean(node.text, words);
  reader.Report(node.mark, "unknown-word", Quoted(node.text) + " is none of " + Listed(words),
                hint);
  return std::nullopt;
}

Type<std::string> WordType(std::vector<Choice> choices) {
  std::vector<Word<std::string>> words;
  for (const Choice& choice : choices) words.push_back({choice.word, choice.doc, choice.word});
  return ChoiceType(std::move(words));
}

// --- The system's names.

Type<std::string> CallType() {
  return SystemName<std::string>(
      {"call", "a system call", "unknown-call", "read is a family, recvmsg one call",
       [](const std::string& word) {
         return SyscallsNamed(word).empty() ? std::nullopt : std::optional(word);
       },
       CallNames, [] { return EnumSchema(CallNames()); }});
}

Type<int> ErrnoType() {
  return SystemName<int>({"error", "an error of errno(3)", "unknown-error", "write it like EAGAIN",
                          [](const std::string& word) { return ErrnoNumber(word); }, ErrnoNames,
                          [] { return EnumSchema(ErrnoNames()); }});
}

Type<int> SignalType() {
  return SystemName<int>({"signal", "a signal", "unknown-signal", "write it like USR1",
                          [](const std::string& word) { return SignalNumber(word); }, SignalNames,
                          SignalSchema});
}

Type<SignalSet> SignalSetType() {
  const Type<std::vector<int>> several = Distinct(OneOrMany(SignalType()));
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
  return {
      "a result",
      [word, error](Reader& reader, const Node& node) -> std::optional<std::string> {
        if (!node.IsScalar() || !node.text.starts_with('E')) return word.read(reader, node);
        const auto number = error.read(reader, node);
        return number ? std::optional(node.text) : std::nullopt;
      },
      [word, error](Definitions& all) { return EitherOf({word.schema(all), error.schema(all)}); }};
}

}  // namespace plumbline::spec

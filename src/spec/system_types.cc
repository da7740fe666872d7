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
            const auto word = StringType(expects).read(reader, node);
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

// SPDX-License-Identifier: MIT
// The words of the exercise language as types: scalars, who, texts, signals, choices.
#pragma once

#include <string>
#include <vector>

#include "spec/exercise.h"
#include "spec/type.h"

namespace plumbline::spec {

// --- Scalars.

// Text as it is. What YAML takes for a number, for true or for false must be in quotes.
Type<std::string> StringType(std::string expects = "text");
// Text in which {PLACEHOLDER} gets a value.
Type<std::string> PlacedType(std::string expects = "text");
Type<bool> BoolType();
Type<int> IntegerType(int64_t least, int64_t most, std::string expects = "a number");
Type<int> PortType();
// A duration or size that may be nothing, and one that may not.
Type<Duration> DurationType();
Type<Duration> SomeDurationType();
Type<Bytes> SizeType();
Type<Bytes> SomeSizeType();
Type<Range> RangeType();
Type<Range> SizeRangeType();
// A bare count, or a size.
Type<int64_t> CountOrSizeType();
Type<int> ModeType();
Type<std::string> DateType();
// A regular expression as RE2 has it: linear in time, no back references.
Type<std::string> RegexType();
// A name as kNamePattern has it.
Type<std::string> NameType(std::string expects);
// A path below the working directory or the exercise's folder: relative, without "..".
Type<std::string> InsidePathType();

// --- Words out of a table.

template <typename T>
struct Word {
  std::string word;
  std::string doc;
  T value;
};
Json ChoiceSchema(const std::vector<Choice>& choices);
// The index of the word; reports what is none of them.
std::optional<size_t> ReadChoice(Reader& reader, const Node& node,
                                 const std::vector<Choice>& choices);

template <typename T>
Type<T> ChoiceType(std::vector<Word<T>> words) {
  std::vector<Choice> choices;
  for (const Word<T>& word : words) choices.push_back({word.word, word.doc});
  return {"a word",
          [words, choices](Reader& reader, const Node& node) -> std::optional<T> {
            const auto index = ReadChoice(reader, node, choices);
            if (!index) return std::nullopt;
            return words[*index].value;
          },
          [choices](Definitions&) { return ChoiceSchema(choices); }};
}
Type<std::string> WordType(std::vector<Choice> choices);
// Of submissions: c, cpp, py, sh.
std::vector<Choice> LanguageWords();

// --- The system's names.

Type<std::string> CallType();
Type<int> ErrnoType();
Type<int> SignalType();
// A signal, a list of them, or `any`.
Type<SignalSet> SignalSetType();
// ok, error, ERRNO; of wait stopped, continued, exited, killed.
Type<std::string> CallResultType();

// --- Mentions of what is declared elsewhere.

Type<std::string> MentionType(Mention::Kind kind, std::string expects);
Type<Who> OneWhoType();
Type<WhoList> WhoType();
Type<Edge> EdgeType();

// --- Composed.

Type<Text> TextType();
Type<Localized> LocalizedType();
Type<std::vector<std::string>> ArgumentsType();
Type<std::map<std::string, std::string>> EnvironmentType();
// A list in which `~` stands for anything.
Type<ArgvPattern> ArgvType();
Type<Tree> TreeType();
Type<FdTable> FdTableType();
Type<OrderEvent> OrderEventType();

}  // namespace plumbline::spec

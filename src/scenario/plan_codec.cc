// SPDX-License-Identifier: MIT
#include "scenario/plan_codec.h"

#include <concepts>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace plumbline::scenario {
namespace {

using nlohmann::json;

// What a document may be nested; a plan needs about twenty, more only for a `who` of groups of
// groups.
constexpr size_t kMostLevels = 120;

template <typename T, typename U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

// The last enumerator of each enumeration that travels: what is above is refused.
template <typename E>
constexpr E kLast = E{};
template <>
constexpr auto kLast<spec::TextPiece::Kind> = spec::TextPiece::Kind::kNumbered;
template <>
constexpr auto kLast<spec::Who::Base> = spec::Who::Base::kGroup;
template <>
constexpr auto kLast<spec::Who::Step> = spec::Who::Step::kDescendants;
template <>
constexpr auto kLast<spec::FileSpec::Kind> = spec::FileSpec::Kind::kLink;
template <>
constexpr auto kLast<spec::Input::Kind> = spec::Input::Kind::kFile;
template <>
constexpr auto kLast<spec::Output::Kind> = spec::Output::Kind::kFile;
template <>
constexpr auto kLast<spec::Peer::Kind> = spec::Peer::Kind::kProgram;
template <>
constexpr auto kLast<spec::Perturbation::Kind> = spec::Perturbation::Kind::kSmallWorld;
template <>
constexpr auto kLast<spec::Connect::For> = spec::Connect::For::kWriting;
template <>
constexpr auto kLast<spec::ChangeFile::Action> = spec::ChangeFile::Action::kRemove;
template <>
constexpr auto kLast<record::Facet> = record::kLastFacet;
template <>
constexpr auto kLast<sandbox::Rung> = sandbox::Rung::kUnsafe;

// --- What the values consist of. One description serves both directions: `a` writes or reads.

template <typename A, Is<spec::Mark> T>
constexpr void Describe(A& a, T& v) {
  a("line", v.line);
  a("column", v.column);
}
template <typename A, Is<spec::Range> T>
constexpr void Describe(A& a, T& v) {
  a("least", v.least);
  a("most", v.most);
}
template <typename A, Is<spec::TextPiece> T>
constexpr void Describe(A& a, T& v) {
  a("kind", v.kind);
  a("text", v.text);
  a("size", v.size);
  a("count", v.count);
}
template <typename A, Is<spec::Text> T>
constexpr void Describe(A& a, T& v) {
  a("pieces", v.pieces);
}
template <typename A, Is<spec::Who::Segment> T>
constexpr void Describe(A& a, T& v) {
  a("step", v.step);
  a("number", v.number);
}
template <typename A, Is<spec::Who> T>
constexpr void Describe(A& a, T& v) {
  a("base", v.base);
  a("word", v.word);
  a("port", v.port);
  a("number", v.number);
  a("path", v.path);
  a("group", v.group);
  a("text", v.text);
}
template <typename A, Is<spec::Limits> T>
constexpr void Describe(A& a, T& v) {
  a("cpu", v.cpu);
  a("virtual_time", v.virtual_time);
  a("memory", v.memory);
  a("processes", v.processes);
  a("descriptors", v.descriptors);
  a("file", v.file);
  a("output", v.output);
}
template <typename A, Is<spec::FileSpec> T>
constexpr void Describe(A& a, T& v) {
  a("path", v.path);
  a("kind", v.kind);
  a("text", v.text);
  a("target", v.target);
  a("mode", v.mode);
  a("count", v.count);
}
template <typename A, Is<spec::Input> T>
constexpr void Describe(A& a, T& v) {
  a("kind", v.kind);
  a("text", v.text);
  a("path", v.path);
}
template <typename A, Is<spec::Output> T>
constexpr void Describe(A& a, T& v) {
  a("kind", v.kind);
  a("path", v.path);
}
template <typename A, Is<spec::FailCall> T>
constexpr void Describe(A& a, T& v) {
  a("call", v.call);
  a("who", v.who);
  a("error", v.error);
  a("nth", v.nth);
}
template <typename A, Is<spec::ChangeExit> T>
constexpr void Describe(A& a, T& v) {
  a("who", v.who);
  a("status", v.status);
  a("killed_by", v.killed_by);
}
template <typename A, Is<spec::Peer> T>
constexpr void Describe(A& a, T& v) {
  a("name", v.name);
  a("kind", v.kind);
  a("port", v.port);
  a("path", v.path);
  a("pieces", v.pieces);
  a("command", v.command);
  a("solution", v.solution);
  a("args", v.args);
  a("input", v.input);
  a("mark", v.mark);
}
template <typename A, Is<spec::Perturbation> T>
constexpr void Describe(A& a, T& v) {
  a("kind", v.kind);
  a("runs", v.runs);
  a("mark", v.mark);
}

template <typename A, Is<spec::AwaitAsleep> T>
constexpr void Describe(A&, T&) {}
template <typename A, Is<spec::AwaitBlocked> T>
constexpr void Describe(A&, T&) {}
template <typename A, Is<spec::AwaitExit> T>
constexpr void Describe(A& a, T& v) {
  a("who", v.who);
  a("within", v.within);
}
template <typename A, Is<spec::AwaitStopped> T>
constexpr void Describe(A& a, T& v) {
  a("who", v.who);
  a("within", v.within);
}
template <typename A, Is<spec::AwaitAlive> T>
constexpr void Describe(A& a, T& v) {
  a("who", v.who);
  a("count", v.count);
  a("within", v.within);
}
template <typename A, Is<spec::AwaitListening> T>
constexpr void Describe(A& a, T& v) {
  a("port", v.port);
  a("path", v.path);
  a("within", v.within);
}
template <typename A, Is<spec::AwaitOutput> T>
constexpr void Describe(A& a, T& v) {
  a("text", v.text);
  a("stream", v.stream);
  a("within", v.within);
}
template <typename A, Is<spec::TakeSnapshot> T>
constexpr void Describe(A& a, T& v) {
  a("name", v.name);
}
template <typename A, Is<spec::Connect> T>
constexpr void Describe(A& a, T& v) {
  a("as", v.as);
  a("port", v.port);
  a("path", v.path);
  a("purpose", v.purpose);
  a("count", v.count);
  a("within", v.within);
}
template <typename A, Is<spec::Accept> T>
constexpr void Describe(A& a, T& v) {
  a("from", v.from);
  a("as", v.as);
  a("within", v.within);
}
template <typename A, Is<spec::Send> T>
constexpr void Describe(A& a, T& v) {
  a("to", v.to);
  a("text", v.text);
  a("pieces", v.pieces);
}
template <typename A, Is<spec::Receive> T>
constexpr void Describe(A& a, T& v) {
  a("from", v.from);
  a("text", v.text);
  a("contains", v.contains);
  a("bytes", v.bytes);
  a("until_end", v.until_end);
  a("within", v.within);
}
template <typename A, Is<spec::Shutdown> T>
constexpr void Describe(A& a, T& v) {
  a("channel", v.channel);
}
template <typename A, Is<spec::Close> T>
constexpr void Describe(A& a, T& v) {
  a("channel", v.channel);
}
template <typename A, Is<spec::Reset> T>
constexpr void Describe(A& a, T& v) {
  a("channel", v.channel);
}
template <typename A, Is<spec::Press> T>
constexpr void Describe(A& a, T& v) {
  a("keys", v.keys);
}
template <typename A, Is<spec::SendSignal> T>
constexpr void Describe(A& a, T& v) {
  a("signal", v.signal);
  a("who", v.who);
}
template <typename A, Is<spec::ChangeFile> T>
constexpr void Describe(A& a, T& v) {
  a("path", v.path);
  a("action", v.action);
  a("text", v.text);
}
template <typename A, Is<spec::Start> T>
constexpr void Describe(A& a, T& v) {
  a("as", v.as);
  a("program", v.program);
  a("command", v.command);
  a("solution", v.solution);
  a("args", v.args);
  a("input", v.input);
  a("output", v.output);
  a("terminal", v.terminal);
  a("env", v.env);
}
template <typename A, Is<spec::Hold> T>
constexpr void Describe(A& a, T& v) {
  a("who", v.who);
  a("before", v.before);
}
template <typename A, Is<spec::Release> T>
constexpr void Describe(A& a, T& v) {
  a("who", v.who);
}
template <typename A, Is<spec::Advance> T>
constexpr void Describe(A& a, T& v) {
  a("by", v.by);
}
template <typename A, Is<spec::Step> T>
constexpr void Describe(A& a, T& v) {
  a("action", v.action);
  a("text", v.text);
  a("mark", v.mark);
}
template <typename A, Is<spec::Scenario> T>
constexpr void Describe(A& a, T& v) {
  a("name", v.name);
  a("program", v.program);
  a("args", v.args);
  a("files", v.files);
  a("input", v.input);
  a("output", v.output);
  a("terminal", v.terminal);
  a("env", v.env);
  a("clock", v.clock);
  a("hide", v.hide);
  a("alter", v.alter);
  a("peers", v.peers);
  a("under", v.under);
  a("steps", v.steps);
  a("mark", v.mark);
}

template <typename A, Is<build::SourceFile> T>
constexpr void Describe(A& a, T& v) {
  a("path", v.path);
  a("content", v.content);
  a("executable", v.executable);
}
template <typename A, Is<build::Submission> T>
constexpr void Describe(A& a, T& v) {
  a("files", v.files);
  a("hash", v.hash);
}
template <typename A, Is<Offer> T>
constexpr void Describe(A& a, T& v) {
  a("hidden_paths", v.hidden_paths);
}
template <typename A, Is<Offered> T>
constexpr void Describe(A& a, T& v) {
  a("rung", v.rung);
}
template <typename A, Is<build::ProgramSources> T>
constexpr void Describe(A& a, T& v) {
  a("name", v.name);
  a("files", v.files);
}
template <typename A, Is<build::Request> T>
constexpr void Describe(A& a, T& v) {
  a("submission", v.submission);
  a("language", v.language);
  a("programs", v.programs);
  a("cache", v.cache);
  a("rung", v.rung);
  a("hidden_paths", v.hidden_paths);
}
template <typename A, Is<build::Diagnostic> T>
constexpr void Describe(A& a, T& v) {
  a("file", v.file);
  a("line", v.line);
  a("column", v.column);
  a("severity", v.severity);
  a("message", v.message);
}
template <typename A, Is<build::Runnable> T>
constexpr void Describe(A& a, T& v) {
  a("files", v.files);
  a("command", v.command);
}
template <typename A, Is<build::Artifact> T>
constexpr void Describe(A& a, T& v) {
  a("programs", v.programs);
  a("hash", v.hash);
}
template <typename A, Is<build::Report> T>
constexpr void Describe(A& a, T& v) {
  a("ok", v.ok);
  a("command", v.command);
  a("cached", v.cached);
  a("diagnostics", v.diagnostics);
  a("log", v.log);
  a("artifact", v.artifact);
}
template <typename A, Is<Error> T>
constexpr void Describe(A& a, T& v) {
  a("message", v.message);
  a("hint", v.hint);
  a("code", v.code);
}
template <typename A, Is<Plan> T>
constexpr void Describe(A& a, T& v) {
  a("exercise", v.exercise);
  a("exercise_hash", v.exercise_hash);
  a("artifact_hash", v.artifact_hash);
  a("language", v.language);
  a("version", v.version);
  a("scenario", v.scenario);
  a("limits", v.limits);
  a("observe", v.observe);
  a("programs", v.programs);
  a("solutions", v.solutions);
  a("main_program", v.main_program);
  a("rung", v.rung);
  a("perturbation", v.perturbation);
  a("mutation", v.mutation);
  a("seed", v.seed);
  a("wall_limit", v.wall_limit);
  a("hidden_paths", v.hidden_paths);
  a("real_time", v.real_time);
  a("late", v.late);
  a("locations", v.locations);
  a("followed", v.followed);
}

// --- Writing.

// The descriptions above must name every member of the headers, or it would stay at home unseen: an
// aggregate has as many as it can be initialised with.
struct AnyMember {
  template <typename T>
  operator T() const {  // NOLINT(google-explicit-constructor): it stands for any
    std::unreachable();
  }
};
template <typename T, typename... Members>
constexpr size_t MembersOf() {
  if constexpr (requires { T{Members()..., AnyMember()}; })
    return MembersOf<T, Members..., AnyMember>();
  else
    return sizeof...(Members);
}

class Counter {
 public:
  template <typename T>
  constexpr void operator()(const char*, const T&) {
    ++count_;
  }
  constexpr size_t count() const { return count_; }

 private:
  size_t count_ = 0;
};
// A T that is only named, never made or read.
template <typename T>
union Nowhere {
  constexpr Nowhere() {}
  constexpr ~Nowhere() {}
  char none = 0;
  T value;
};
template <typename T>
constinit Nowhere<T> kNowhere;
template <typename T>
constexpr bool IsDescribedWhole() {
  Counter counter;
  Describe(counter, kNowhere<T>.value);
  return counter.count() == MembersOf<T>();
}

class Writer {
 public:
  template <typename T>
  void operator()(const char* name, const T& value) {
    document_[name] = ToDocument(value);
  }

  static json ToDocument(bool value) { return value; }
  template <std::integral T>
  static json ToDocument(T value) {
    return value;
  }
  template <typename E>
    requires std::is_enum_v<E>
  static json ToDocument(E value) {
    return std::to_underlying(value);
  }
  static json ToDocument(const std::string& value) {
    return json::binary({value.begin(), value.end()});
  }
  static json ToDocument(const std::filesystem::path& value) { return ToDocument(value.native()); }
  static json ToDocument(Duration value) { return value.count(); }
  static json ToDocument(Bytes value) { return value.count; }
  template <typename T>
  static json ToDocument(const std::optional<T>& value) {
    return value ? ToDocument(*value) : json();
  }
  template <typename T>
  static json ToDocument(const std::vector<T>& value) {
    return ToArray(value);
  }
  template <typename T>
  static json ToDocument(const std::set<T>& value) {
    return ToArray(value);
  }
  template <typename T>
  static json ToDocument(const std::map<std::string, T>& value) {
    json document = json::array();
    for (const auto& [key, item] : value)
      document.push_back(json::array({ToDocument(key), ToDocument(item)}));
    return document;
  }
  template <typename... T>
  static json ToDocument(const std::variant<T...>& value) {
    json item = std::visit([](const auto& chosen) { return ToDocument(chosen); }, value);
    return json::array({value.index(), std::move(item)});
  }
  template <typename T>
    requires requires(Writer& writer, const T& value) { Describe(writer, value); }
  static json ToDocument(const T& value) {
    static_assert(IsDescribedWhole<T>(), "a member of the header is not described here");
    Writer writer;
    Describe(writer, value);
    return std::move(writer.document_);
  }

 private:
  template <typename Container>
  static json ToArray(const Container& items) {
    json document = json::array();
    for (const auto& item : items) document.push_back(ToDocument(item));
    return document;
  }

  json document_ = json::object();
};

template <typename T>
std::string ToBytes(const T& value) {
  std::string bytes;
  json::to_cbor(Writer::ToDocument(value), nlohmann::detail::output_adapter<char>(bytes));
  return bytes;
}

// --- Reading. The first mismatch is kept with its place; what follows does nothing.

struct Mismatch {
  std::string place;
  std::string problem;
};

class Reader {
 public:
  Reader(const json& document, const std::string& place, std::optional<Mismatch>& mismatch)
      : document_(document), place_(place), mismatch_(mismatch) {
    if (!document_.is_object()) Refuse("no map");
  }

  template <typename T>
  void operator()(const char* name, T& value) {
    if (mismatch_) return;
    const auto field = document_.find(name);
    const std::string place = place_ + "." + name;
    if (field == document_.end())
      mismatch_ = Mismatch{place, "missing"};
    else
      Item(*field, place, mismatch_).To(value);
  }

 private:
  // One value inside the document.
  class Item {
   public:
    Item(const json& document, const std::string& place, std::optional<Mismatch>& mismatch)
        : document_(document), place_(place), mismatch_(mismatch) {}

    void To(bool& value) {
      if (document_.is_boolean())
        value = document_.get<bool>();
      else
        Refuse("no truth value");
    }
    template <std::integral T>
    void To(T& value) {
      if (document_.is_number_unsigned() && std::in_range<T>(document_.get<uint64_t>()))
        value = static_cast<T>(document_.get<uint64_t>());
      else if (document_.is_number_integer() && !document_.is_number_unsigned() &&
               std::in_range<T>(document_.get<int64_t>()))
        value = static_cast<T>(document_.get<int64_t>());
      else
        Refuse("no number in range");
    }
    template <typename E>
      requires std::is_enum_v<E>
    void To(E& value) {
      std::underlying_type_t<E> number{};
      To(number);
      if (number < 0 || number > std::to_underlying(kLast<E>))
        Refuse("no such enumerator");
      else
        value = static_cast<E>(number);
    }
    void To(std::string& value) {
      if (!document_.is_binary()) return Refuse("no byte string");
      value.assign(document_.get_binary().begin(), document_.get_binary().end());
    }
    void To(std::filesystem::path& value) {
      std::string text;
      To(text);
      value = text;
    }
    void To(Duration& value) {
      Duration::rep count{};
      To(count);
      value = Duration(count);
    }
    void To(Bytes& value) { To(value.count); }
    template <typename T>
    void To(std::optional<T>& value) {
      value.reset();
      if (!document_.is_null()) To(value.emplace());
    }
    template <typename T>
    void To(std::vector<T>& value) {
      value.clear();
      ForEach([&](Item item) { item.To(value.emplace_back()); });
    }
    template <typename T>
    void To(std::set<T>& value) {
      value.clear();
      ForEach([&](Item item) {
        T element{};
        item.To(element);
        value.insert(element);
      });
    }
    template <typename T>
    void To(std::map<std::string, T>& value) {
      value.clear();
      ForEach([&](Item pair) {
        if (!pair.IsPair()) return pair.Refuse("no pair");
        std::string key;
        pair.At(0).To(key);
        pair.At(1).To(value[key]);
      });
    }
    template <typename... T>
    void To(std::variant<T...>& value) {
      size_t index = 0;
      if (!IsPair()) return Refuse("no pair");
      At(0).To(index);
      if (index >= sizeof...(T)) return Refuse("no such variant");
      ToAlternative(value, index, std::index_sequence_for<T...>());
    }
    template <typename T>
      requires requires(Reader& reader, T& value) { Describe(reader, value); }
    void To(T& value) {
      Reader reader(document_, place_, mismatch_);
      Describe(reader, value);
    }

   private:
    bool IsPair() const { return document_.is_array() && document_.size() == 2; }
    Item At(size_t index) const { return {document_[index], place_, mismatch_}; }
    void Refuse(const char* problem) {
      if (!mismatch_) mismatch_ = Mismatch{place_, problem};
    }
    template <typename Use>
    void ForEach(Use use) {
      if (!document_.is_array()) return Refuse("no array");
      for (size_t i = 0; i < document_.size() && !mismatch_; ++i) {
        const std::string place = place_ + "[" + std::to_string(i) + "]";
        use(Item(document_[i], place, mismatch_));
      }
    }
    template <typename Variant, size_t... I>
    void ToAlternative(Variant& value, size_t index, std::index_sequence<I...>) {
      (void)((index == I && (At(1).To(value.template emplace<I>()), true)) || ...);
    }

    const json& document_;
    const std::string& place_;
    std::optional<Mismatch>& mismatch_;
  };

  void Refuse(const char* problem) {
    if (!mismatch_) mismatch_ = Mismatch{place_, problem};
  }

  const json& document_;
  const std::string& place_;
  std::optional<Mismatch>& mismatch_;
};

template <typename T>
Result<T> FromBytes(std::string_view bytes, const std::string& what) {
  if (!NestsWithin(bytes, kMostLevels)) return Fail(what + ": no document, or nested too deep");
  const json document = json::from_cbor(bytes.begin(), bytes.end(), true, false);
  if (document.is_discarded()) return Fail(what + ": no document");
  T value;
  std::optional<Mismatch> mismatch;
  Reader reader(document, what, mismatch);
  Describe(reader, value);
  if (mismatch) return Fail(mismatch->place + ": " + mismatch->problem);
  return value;
}

// --- The heads of a CBOR document (RFC 8949, 3).

struct Head {
  uint8_t major = 0;
  uint64_t argument = 0;
};

// Takes one head off the front; nothing if there is none whole, or it has a reserved value or
// leaves its length open (no writer of ours does).
std::optional<Head> TakeHead(std::string_view& bytes) {
  if (bytes.empty()) return std::nullopt;
  const auto first = static_cast<uint8_t>(bytes[0]);
  bytes.remove_prefix(1);
  Head head{static_cast<uint8_t>(first >> 5), static_cast<uint64_t>(first & 31)};
  if (head.argument < 24) return head;
  if (head.argument > 27) return std::nullopt;
  const size_t size = size_t{1} << (head.argument - 24);
  if (bytes.size() < size) return std::nullopt;
  head.argument = 0;
  for (size_t i = 0; i < size; ++i)
    head.argument = (head.argument << 8) | static_cast<uint8_t>(bytes[i]);
  bytes.remove_prefix(size);
  return head;
}

}  // namespace

bool NestsWithin(std::string_view bytes, size_t most) {
  constexpr uint8_t kBytes = 2, kText = 3, kArray = 4, kMap = 5, kTag = 6;
  std::vector<uint64_t> open;  // items still to come, innermost last
  do {
    const std::optional<Head> head = TakeHead(bytes);
    if (!head) return false;
    if (!open.empty()) --open.back();
    if (head->major == kBytes || head->major == kText) {
      if (head->argument > bytes.size()) return false;
      bytes.remove_prefix(head->argument);
    } else if (head->major == kArray || head->major == kMap) {
      // Each item has a byte at least.
      if (head->argument > bytes.size()) return false;
      open.push_back(head->major == kMap ? 2 * head->argument : head->argument);
    } else if (head->major == kTag) {
      open.push_back(1);
    }
    if (open.size() > most) return false;
    while (!open.empty() && open.back() == 0) open.pop_back();
  } while (!open.empty());
  return bytes.empty();
}

std::string Encode(const build::Request& request) { return ToBytes(request); }
std::string Encode(const build::Report& report) { return ToBytes(report); }
std::string Encode(const Plan& plan) { return ToBytes(plan); }
std::string Encode(const Error& error) { return ToBytes(error); }
std::string Encode(const Offer& offer) { return ToBytes(offer); }
std::string Encode(const Offered& offered) { return ToBytes(offered); }

Result<build::Request> DecodeRequest(std::string_view bytes) {
  return FromBytes<build::Request>(bytes, "build request");
}
Result<build::Report> DecodeReport(std::string_view bytes) {
  return FromBytes<build::Report>(bytes, "build report");
}
Result<Plan> DecodePlan(std::string_view bytes) { return FromBytes<Plan>(bytes, "plan"); }
Result<Error> DecodeError(std::string_view bytes) { return FromBytes<Error>(bytes, "error"); }
Result<Offer> DecodeOffer(std::string_view bytes) { return FromBytes<Offer>(bytes, "offer"); }
Result<Offered> DecodeOffered(std::string_view bytes) {
  return FromBytes<Offered>(bytes, "offer's answer");
}

}  // namespace plumbline::scenario

// SPDX-License-Identifier: MIT
// Each part is described once, key by key, for the writer and the reader.
#include "report/json.h"

#include <chrono>
#include <concepts>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "base/text.h"

namespace plumbline::report {
namespace {

using Json = nlohmann::ordered_json;
using Audience = ReportOptions::Audience;
using evaluate::Verdict;
using record::Outcome;

constexpr const char* kSchema = "plumbline/grade/1";
constexpr int kDeepest = 16;

template <typename Enum>
struct Word {
  Enum value;
  const char* word;
};
constexpr Word<Verdict> kVerdicts[] = {{Verdict::kPassed, "passed"},
                                       {Verdict::kFailed, "failed"},
                                       {Verdict::kNotReached, "not-reached"},
                                       {Verdict::kError, "error"}};
constexpr Word<Audience> kAudiences[] = {{Audience::kStudent, "student"},
                                         {Audience::kTeacher, "teacher"}};
const auto& WordsOf(Verdict) { return kVerdicts; }
const auto& WordsOf(Audience) { return kAudiences; }

template <typename T, typename Part>
concept Is = std::same_as<std::remove_const_t<T>, Part>;

// --- The document, part by part. Later(): a key that version 0.1.0 did not have.

void Describe(auto& v, Is<record::Location> auto& where) {
  v("file", where.file);
  v("line", where.line);
  v("function", where.function);
}

void Describe(auto& v, Is<evaluate::Comparison> auto& comparison) {
  v("line", comparison.line);
  v("expected", comparison.expected);
  v("got", comparison.got);
  v("cut", comparison.cut);
}

void Describe(auto& v, Is<GradeDocument::Finding> auto& finding) {
  v("code", finding.code);
  v("what", finding.what);
  v("evidence", finding.evidence);
  v("why", finding.why);
  v("next", finding.next);
  v("location", finding.location);
  v.Later("comparison", finding.comparison);
}

void Describe(auto& v, Is<GradeDocument::Stuck> auto& stuck) {
  v("step", stuck.step);
  v("awaited", stuck.awaited);
  v("instead", stuck.instead);
}

void Describe(auto& v, Is<evaluate::FailedRun> auto& run) {
  v("perturbation", run.perturbation);
  v("seed", run.seed);
  v("replay", run.replay);
}

void Describe(auto& v, Is<GradeDocument::Loss> auto& loss) {
  v("check", loss.check);
  v("runs", loss.runs);
}

void Describe(auto& v, Is<GradeDocument::Scenario> auto& scenario) {
  v("name", scenario.name);
  v("runs", scenario.runs);
  v("outcome", scenario.outcome);
  v("status", scenario.status);
  v("virtual_time", scenario.virtual_time);
  v("real_time", scenario.real_time);
  v.Later("processor_time", scenario.processor_time);
  v.Later("peak_memory", scenario.peak_memory);
  v("failed_run", scenario.failed_run);
  v("hang", scenario.hang);
  v.Later("stuck", scenario.stuck);
  v.Later("error", scenario.error);
  v.Later("hidden", scenario.hidden);
  v.Later("losses", scenario.losses);
}

void Describe(auto& v, Is<GradeDocument::Check> auto& check) {
  v("id", check.id);
  v("kind", check.kind);
  v("verdict", check.verdict);
  v("points", check.points);
  v("max_points", check.max_points);
  v("gate", check.gate);
  v("bonus", check.bonus);
  v("hidden", check.hidden);
  v("title", check.title);
  v("findings", check.findings);
  v.Later("hints", check.hints);
  v.Later("more_hints", check.more_hints);
  v.Later("scenarios", check.scenarios);
  v.Later("snapshot", check.snapshot);
}

void Describe(auto& v, Is<evaluate::BuildDiagnostic> auto& diagnostic) {
  v("file", diagnostic.file);
  v("line", diagnostic.line);
  v("column", diagnostic.column);
  v("severity", diagnostic.severity);
  v("message", diagnostic.message);
}

void Describe(auto& v, Is<evaluate::BuildSummary> auto& build) {
  v("ok", build.ok);
  v("command", build.command);
  v("cached", build.cached);
  v("diagnostics", build.diagnostics);
}

void Describe(auto& v, Is<evaluate::Submission> auto& submission) {
  v("files", submission.files);
  v("hash", submission.hash);
}

void Describe(auto& v, Is<GradeDocument> auto& document) {
  v("version", document.version);
  v("exercise", document.exercise);
  v("exercise_hash", document.exercise_hash);
  v.Later("title", document.title);
  v("submission", document.submission);
  v("language", document.language);
  v("lang", document.lang);
  v.Later("audience", document.audience);
  v("passed", document.passed);
  v("points", document.points);
  v("max_points", document.max_points);
  v("isolation", document.isolation);
  v("build", document.build);
  v("scenarios", document.scenarios);
  v("checks", document.checks);
}

// --- Writing.

class Writing {
 public:
  void operator()(const char* key, const auto& value) { out_[key] = Put(value); }
  void Later(const char* key, const auto& value) { (*this)(key, value); }
  Json Take() { return std::move(out_); }

 private:
  static Json Put(const std::string& text) { return text; }
  static Json Put(bool flag) { return flag; }
  static Json Put(int number) { return number; }
  static Json Put(uint64_t number) { return number; }
  static Json Put(Outcome outcome) { return std::string(record::ToString(outcome)); }
  static Json Put(Duration time) { return std::chrono::duration<double>(time).count(); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  static Json Put(Enum value) {
    for (const auto& [known, word] : WordsOf(value)) {
      if (known == value) return word;
    }
    return nullptr;
  }
  template <typename T>
  static Json Put(const std::optional<T>& value) {
    return value ? Put(*value) : Json(nullptr);
  }
  template <typename T>
  static Json Put(const std::vector<T>& items) {
    Json list = Json::array();
    for (const T& item : items) list.push_back(Put(item));
    return list;
  }
  template <typename Part>
    requires std::is_class_v<Part>
  static Json Put(const Part& part) {
    Writing inner;
    Describe(inner, part);
    return inner.Take();
  }

  Json out_ = Json::object();
};

// --- Reading.

class Reading {
 public:
  // `wrong` gets the first mistake, with its place.
  Reading(const Json& in, std::string place, std::string& wrong)
      : in_(in), place_(std::move(place)), wrong_(wrong) {
    if (!in_.is_object()) Complain(place_, "is no object");
  }

  template <typename T>
  void operator()(const char* key, T& value) {
    const Json* const found = Find(key);
    if (found == nullptr) return Complain(At(key), "is missing");
    Take(*found, At(key), value);
  }
  template <typename T>
  void Later(const char* key, T& value) {
    if (const Json* const found = Find(key)) Take(*found, At(key), value);
  }

 private:
  const Json* Find(const char* key) const {
    if (!wrong_.empty() || !in_.is_object()) return nullptr;
    const auto it = in_.find(key);
    return it == in_.end() ? nullptr : &*it;
  }
  std::string At(const std::string& key) const { return place_.empty() ? key : place_ + "." + key; }
  void Complain(const std::string& place, const std::string& what) {
    if (wrong_.empty()) wrong_ = (place.empty() ? "the document" : place) + ": " + what;
  }

  void Take(const Json& in, const std::string& place, std::string& text) {
    if (!in.is_string()) return Complain(place, "is no text");
    text = in.get<std::string>();
  }
  void Take(const Json& in, const std::string& place, bool& flag) {
    if (!in.is_boolean()) return Complain(place, "is neither true nor false");
    flag = in.get<bool>();
  }
  void Take(const Json& in, const std::string& place, int& number) {
    uint64_t big = 0;
    Take(in, place, big);
    if (big > std::numeric_limits<int>::max()) return Complain(place, "is too large");
    number = static_cast<int>(big);
  }
  void Take(const Json& in, const std::string& place, uint64_t& number) {
    if (!in.is_number_unsigned()) return Complain(place, "is no whole number from 0");
    number = in.get<uint64_t>();
  }
  void Take(const Json& in, const std::string& place, Duration& time) {
    constexpr double kMost = 1e9;  // seconds: 31 years
    if (!in.is_number()) return Complain(place, "is no number");
    const double seconds = in.get<double>();
    if (!(seconds >= 0 && seconds <= kMost)) return Complain(place, "is no number of seconds");
    time = std::chrono::round<Duration>(std::chrono::duration<double>(seconds));
  }
  void Take(const Json& in, const std::string& place, Outcome& outcome) {
    std::string word;
    Take(in, place, word);
    const auto known = record::OutcomeNamed(word);
    if (!known) return Complain(place, "\"" + Escaped(word) + "\" is no outcome");
    outcome = *known;
  }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void Take(const Json& in, const std::string& place, Enum& value) {
    std::string word;
    Take(in, place, word);
    std::string all;
    for (const auto& [known, name] : WordsOf(value)) {
      if (word == name) {
        value = known;
        return;
      }
      all += (all.empty() ? "" : ", ") + std::string(name);
    }
    Complain(place, "\"" + Escaped(word) + "\" is none of " + all);
  }
  template <typename T>
  void Take(const Json& in, const std::string& place, std::optional<T>& value) {
    if (in.is_null()) return value.reset();
    value = T();  // emplace() is not there for Clang if T is a part of what holds it
    Take(in, place, *value);
  }
  template <typename T>
  void Take(const Json& in, const std::string& place, std::vector<T>& items) {
    if (!in.is_array()) return Complain(place, "is no list");
    for (const Json& item : in) {
      const std::string here = place + "[" + std::to_string(items.size()) + "]";
      Take(item, here, items.emplace_back());
    }
  }
  template <typename Part>
    requires std::is_class_v<Part>
  void Take(const Json& in, const std::string& place, Part& part) {
    Reading inner(in, place, wrong_);
    Describe(inner, part);
  }

  const Json& in_;
  const std::string place_;
  std::string& wrong_;
};

std::unexpected<Error> NoGrade(const std::string& why) {
  return Fail("this is no grade: " + why,
              "give what plumbline check --json or --report json=FILE wrote");
}

// nlohmann's parser and the destructor of its values take what they meet, however deep.
Json Parse(std::string_view text) {
  bool too_deep = false;
  const auto shallow = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kDeepest;
    return depth <= kDeepest;
  };
  Json json = Json::parse(text, shallow, false);
  return too_deep ? Json(Json::value_t::discarded) : json;
}

// What the student must not know may be left out, and nothing else.
Status AreTold(const GradeDocument& document) {
  for (const GradeDocument::Scenario& scenario : document.scenarios) {
    if (!scenario.outcome && document.Shows(scenario))
      return NoGrade("the outcome of the scenario '" + Escaped(scenario.name) +
                     "' is null, and it is not hidden");
  }
  return {};
}

}  // namespace

std::string ToJson(const GradeDocument& document) {
  Writing writing;
  writing("schema", std::string(kSchema));
  Describe(writing, document);
  return writing.Take().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<GradeDocument> GradeFromJson(std::string_view text) {
  const Json json = Parse(text);
  if (json.is_discarded()) return NoGrade("it is no JSON, or is nested too deeply");
  std::string wrong;
  std::string schema;
  Reading reading(json, "", wrong);
  reading("schema", schema);
  if (!wrong.empty()) return NoGrade(wrong);
  if (schema != kSchema)
    return NoGrade("schema: \"" + Escaped(schema) + "\" is not \"" + kSchema + "\"");
  GradeDocument document;
  Describe(reading, document);
  if (!wrong.empty()) return NoGrade(wrong);
  if (document.lang != "ca" && document.lang != "es" && document.lang != "en")
    return NoGrade("lang: \"" + Escaped(document.lang) + "\" is none of ca, es, en");
  TRY(AreTold(document));
  return document;
}

}  // namespace plumbline::report

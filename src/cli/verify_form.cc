// SPDX-License-Identifier: MIT
#include "cli/verify_form.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "base/io.h"
#include "build/build.h"
#include "graders/builtin.h"
#include "spec/expectation.h"
#include "spec/waivers.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

class Form {
 public:
  explicit Form(const fs::path& folder) : folder_(folder) {}

  std::vector<Shortfall> Look(const spec::LoadResult& loaded) {
    Add(loaded.diagnostics);
    // The rest is held against the exercise, so a faulty one says nothing of it.
    if (!loaded.ok()) return std::move(found_);
    const spec::Exercise& exercise = loaded.exercise;
    for (const char* language : {"ca", "es", "en"}) LookStatement(exercise, language);
    for (const fs::path& wrong : spec::ProgramsIn(folder_, "wrong"))
      Add(spec::LoadExpectation(wrong / "expect.yaml", exercise, graders::KindTables())
              .diagnostics);
    Add(spec::LoadWaivers(folder_ / "mutants.yaml").diagnostics);
    for (const std::string& language : exercise.languages) {
      LookProgramIn(exercise, "solutions", language);
      LookProgramIn(exercise, "starter", language);
    }
    if (spec::ProgramsIn(folder_, "wrong").empty())
      found_.push_back({"wrong", "there is no wrong program, so nothing shows what is caught"});
    return std::move(found_);
  }

 private:
  void Add(const spec::Diagnostics& diagnostics) {
    for (const spec::Diagnostic& d : diagnostics)
      found_.push_back({fs::path(d.file).lexically_relative(folder_).string() + ":" +
                            std::to_string(d.mark.line),
                        d.message + " [" + d.code + "]"});
  }

  void LookStatement(const spec::Exercise& exercise, const std::string& language) {
    const std::string name = "statement." + language + ".md";
    std::error_code error;
    if (!fs::exists(folder_ / name, error)) {
      found_.push_back({name, "there is no such file"});
      return;
    }
    const auto text = ReadFile(folder_ / name);
    if (!text) {
      found_.push_back({name, text.error().message});
      return;
    }
    for (const spec::Check& check : exercise.checks) {
      const bool told = text->find("`" + check.id + "`") != std::string::npos;
      if (!told && !check.hidden) found_.push_back({name, "does not name the check " + check.id});
    }
  }

  void LookProgramIn(const spec::Exercise& exercise, const std::string& kind,
                     const std::string& language) {
    const auto is_in = [&](const fs::path& program) {
      const auto submission = build::ReadSubmission(program);
      return submission && build::LanguageOf(*submission, exercise.languages, {}) == language;
    };
    if (std::ranges::none_of(spec::ProgramsIn(folder_, kind), is_in))
      found_.push_back({kind, "there is none in " + language});
  }

  const fs::path& folder_;
  std::vector<Shortfall> found_;
};

}  // namespace

std::vector<Shortfall> FormOf(const fs::path& folder, const spec::LoadResult& loaded) {
  return Form(folder).Look(loaded);
}

}  // namespace plumbline::cli

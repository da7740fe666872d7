// SPDX-License-Identifier: MIT
// exercise.yaml -> Exercise, or every mistake in it. The only user of yaml-cpp.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "spec/diagnostic.h"
#include "spec/exercise.h"
#include "spec/kind_table.h"

namespace plumbline::spec {

struct LoadResult {
  Exercise exercise;        // complete only without diagnostics
  Diagnostics diagnostics;  // in the file's order; empty: the exercise is right
  std::string source;       // the text read, for Format()
  bool ok() const { return diagnostics.empty(); }
};

// Reads FOLDER/exercise.yaml and the fixtures that it names. `kinds` are the check kinds that
// exist. Every error is a diagnostic, an unreadable file too (code "unreadable").
LoadResult Load(const std::filesystem::path& folder, std::span<const KindTable> kinds);

// The same on a text; `file` names it in diagnostics, fixtures are looked up in `folder`.
LoadResult LoadText(const std::string& text, const std::string& file,
                    const std::filesystem::path& folder, std::span<const KindTable> kinds);

// What is right and was probably not meant (a run or a snapshot that no check looks at), each with
// its place. `kinds` are those that the exercise was loaded with.
Diagnostics Dubious(const Exercise& exercise, std::span<const KindTable> kinds,
                    const std::string& file);

// JSON Schema (draft-07) of the exercise file, made from the same tables.
std::string JsonSchema(std::span<const KindTable> kinds);

}  // namespace plumbline::spec

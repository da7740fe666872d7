// SPDX-License-Identifier: MIT
// An exercise file is whatever a teacher saved: any text is an exercise or diagnostics that name a
// place in it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "graders/builtin.h"
#include "spec/loader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plumbline;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const spec::LoadResult loaded =
      spec::LoadText(text, "exercise.yaml", "/nonexistent", graders::KindTables());
  for (const spec::Diagnostic& diagnostic : loaded.diagnostics)
    CHECK(!spec::Format(diagnostic, loaded.source).empty());
  if (loaded.ok()) spec::NotRunnable(loaded.exercise, "exercise.yaml");
  return 0;
}

// SPDX-License-Identifier: MIT
// A kept grade comes from whoever has one: any text is a grade or refused with a place, and what
// was read is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "report/json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plumbline::report;
  const auto grade = GradeFromJson({reinterpret_cast<const char*>(data), size});
  if (!grade) {
    CHECK(!grade.error().message.empty());
    return 0;
  }
  const std::string written = ToJson(*grade);
  const auto again = GradeFromJson(written);
  CHECK(again && ToJson(*again) == written);
  return 0;
}

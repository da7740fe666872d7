// SPDX-License-Identifier: MIT
// Recordings come from files of strangers: any bytes are refused or read, and what was read is
// written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "record/recording.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plumbline::record;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto& recording : {FromJson(bytes), FromCbor(bytes)}) {
    if (!recording) continue;
    const std::string text = ToJson(*recording);
    const auto again = FromJson(text);
    CHECK(again && ToJson(*again) == text);
    const auto packed = FromCbor(ToCbor(*recording));
    CHECK(packed && ToJson(*packed) == text);
  }
  return 0;
}

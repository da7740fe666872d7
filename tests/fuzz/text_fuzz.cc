// SPDX-License-Identifier: MIT
// A student's bytes, made harmless: whatever they are, what is shown is UTF-8 without a control
// character, and what is kept is UTF-8.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace plumbline;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string shown = Escaped(bytes);
  CHECK(IsUtf8(shown));
  for (const char c : shown) CHECK(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  CHECK(IsUtf8(ToUtf8(bytes)));
  CHECK(!IsUtf8(bytes) || ToUtf8(bytes) == bytes);
  size_t length = 0;
  for (const std::string_view line : Lines(bytes)) length += line.size() + 1;
  CHECK(length == size || length == size + 1);
  return 0;
}

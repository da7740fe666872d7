// SPDX-License-Identifier: MIT
#include "gradebook/packed.h"

#include <zlib.h>

#include <array>
#include <charconv>

#include "base/check.h"

namespace plumbline::gradebook {
namespace {

std::unexpected<Error> Damaged() {
  return Fail("a recording in the gradebook is damaged",
              "grade that submission again: its recording is made anew");
}

}  // namespace

// The size, a line end, and the bytes.
std::string Pack(std::string_view bytes) {
  uLongf size = ::compressBound(bytes.size());
  std::string packed = std::to_string(bytes.size()) + "\n";
  const size_t head = packed.size();
  packed.resize(head + size);
  const int code =
      ::compress2(reinterpret_cast<Bytef*>(packed.data() + head), &size,
                  reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_BEST_SPEED);
  CHECK(code == Z_OK);
  packed.resize(head + size);
  return packed;
}

Result<std::string> Unpack(std::string_view packed, Bytes limit) {
  uint64_t expected = 0;
  const auto [end, error] = std::from_chars(packed.data(), packed.data() + packed.size(), expected);
  const auto head = static_cast<size_t>(end - packed.data()) + 1;
  if (error != std::errc() || head > packed.size() || *end != '\n' || expected > limit.count)
    return Damaged();
  std::string bytes(expected, '\0');
  uLongf size = expected;
  const int code =
      ::uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                   reinterpret_cast<const Bytef*>(packed.data() + head), packed.size() - head);
  if (code != Z_OK || size != expected) return Damaged();
  return bytes;
}

}  // namespace plumbline::gradebook

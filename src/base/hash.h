// SPDX-License-Identifier: MIT
// Content hashes (SHA-256, FIPS 180-4) that key runs, artifacts and caches.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace plumbline {

// Hashes a sequence of fields; each is preceded by its length, so ("ab","c") differs from
// ("a","bc").
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& Add(std::string_view field);
  // 64 lower-case hexadecimal digits. REQUIRES: called once.
  std::string Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plumbline

// SPDX-License-Identifier: MIT
#include "base/hash.h"

// The functions of one algorithm: those that find an algorithm by name (EVP) first set up OpenSSL's
// providers, which costs a process more than all that it hashes.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <array>

#include "base/check.h"

namespace plumbline {

struct Hasher::State {
  SHA256_CTX context{};
};

Hasher::Hasher() : state_(std::make_unique<State>()) { CHECK(SHA256_Init(&state_->context) == 1); }
Hasher::~Hasher() = default;

Hasher& Hasher::Add(std::string_view field) {
  const std::string length = std::to_string(field.size()) + ":";
  CHECK(SHA256_Update(&state_->context, length.data(), length.size()) == 1);
  CHECK(SHA256_Update(&state_->context, field.data(), field.size()) == 1);
  return *this;
}

std::string Hasher::Finish() {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  CHECK(SHA256_Final(digest.data(), &state_->context) == 1);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace plumbline

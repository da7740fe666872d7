// SPDX-License-Identifier: MIT
#include "build/capture.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/text.h"

namespace plumbline::build {
namespace {

constexpr int kMostReads = 16;

}  // namespace

Capture::Capture(UniqueFd pipe, Bytes kept) : pipe_(std::move(pipe)), kept_(kept.count) {}

std::string Capture::text() const { return ToUtf8(text_); }

void Capture::Drain() {
  std::array<char, 65536> buffer;
  for (int reads = 0; reads < kMostReads && pipe_; ++reads) {
    const ssize_t count = ::read(pipe_.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return pipe_.Reset();
    Add({buffer.data(), static_cast<size_t>(count)});
  }
}

void Capture::Add(std::string_view bytes) {
  count_ += bytes.size();
  text_ += bytes.substr(0, kept_ - text_.size());
}

}  // namespace plumbline::build

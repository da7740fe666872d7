// SPDX-License-Identifier: MIT
#include "evaluate/addresses.h"

#include <charconv>

namespace plumbline::evaluate {
namespace {

std::optional<int> WholeNumber(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<int> PortOf(std::string_view address) {
  const size_t colon = address.rfind(':');
  return colon == std::string_view::npos ? std::nullopt : WholeNumber(address.substr(colon + 1));
}

std::string IpOf(std::string_view address) {
  std::string_view ip = address.substr(0, address.rfind(':'));
  if (ip.starts_with('[') && ip.ends_with(']')) ip = ip.substr(1, ip.size() - 2);
  return std::string(ip);
}

std::optional<std::pair<std::string, std::string>> SplitAtLastDot(const std::string& text) {
  const size_t dot = text.rfind('.');
  if (dot == std::string::npos || dot == 0) return std::nullopt;
  return std::pair{text.substr(0, dot), text.substr(dot + 1)};
}

}  // namespace plumbline::evaluate

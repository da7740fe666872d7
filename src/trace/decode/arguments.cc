// SPDX-License-Identifier: MIT
#include "trace/decode/arguments.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include <fmt/core.h>

#include "trace/decode/names.h"
#include "trace/decode/structures.h"

namespace plumbline::trace::decode {
namespace {

std::string Plain(As as, uint64_t value) {
  const auto number = static_cast<int32_t>(value);
  switch (as) {
    case As::kSize:
      return std::to_string(static_cast<int64_t>(value));
    case As::kHex:
      return fmt::format("{:#x}", value);
    case As::kMode:
      return fmt::format("{:04o}", value & 07777);
    case As::kDirectory:
      return number == AT_FDCWD ? "AT_FDCWD" : std::to_string(number);
    case As::kSeconds:
      return std::to_string(number) + " s";
    default:
      return std::to_string(number);
  }
}

std::string Inet(const sockaddr_storage& storage) {
  const auto& inet = reinterpret_cast<const sockaddr_in&>(storage);
  std::array<char, INET_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET, &inet.sin_addr, text.data(), text.size());
  return fmt::format("{}:{}", text.data(), ntohs(inet.sin_port));
}

std::string Inet6(const sockaddr_storage& storage) {
  const auto& inet = reinterpret_cast<const sockaddr_in6&>(storage);
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, &inet.sin6_addr, text.data(), text.size());
  return fmt::format("[{}]:{}", text.data(), ntohs(inet.sin6_port));
}

// unix(7): a path, or behind a NUL a name of the abstract namespace, or nothing.
std::string Unix(std::string_view path) {
  if (path.empty()) return {};
  if (path[0] == '\0') return "@" + std::string(path.substr(1));
  return std::string(path.substr(0, path.find('\0')));
}

}  // namespace

std::string Address(std::string_view bytes) {
  sockaddr_storage storage{};
  if (bytes.size() < sizeof(sa_family_t)) return {};
  std::memcpy(&storage, bytes.data(), std::min(bytes.size(), sizeof storage));
  switch (storage.ss_family) {
    case AF_INET:
      return Inet(storage);
    case AF_INET6:
      return Inet6(storage);
    case AF_UNIX:
      return Unix(bytes.substr(offsetof(sockaddr_un, sun_path)));
    default:
      return {};
  }
}

Told Arguments(const Row& row, const Entry& entry, HostPid task, int64_t result) {
  Told told;
  for (size_t i = 0; i < row.arguments.size(); ++i) {
    const Argument& argument = row.arguments[i];
    auto text = Named(argument.as, entry.args[i]);
    if (!text) text = Structure(argument.as, entry, i, task, result);
    if (!text) text = Plain(argument.as, entry.args[i]);
    told.emplace_back(argument.name, std::move(*text));
  }
  return told;
}

}  // namespace plumbline::trace::decode

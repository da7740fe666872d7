// SPDX-License-Identifier: MIT
#include "trace/decode/arguments.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <span>

#include <fmt/core.h>

#include "base/signals.h"

namespace plumbline::trace::decode {
namespace {

struct Name {
  uint64_t value;
  const char* name;
};

std::string Flags(uint64_t value, std::span<const Name> names, std::string text = {}) {
  for (const Name& flag : names) {
    if (flag.value == 0 || (value & flag.value) != flag.value) continue;
    if (!text.empty()) text += '|';
    text += flag.name;
    value &= ~flag.value;
  }
  if (value != 0 || text.empty()) {
    if (!text.empty()) text += '|';
    text += value == 0 ? "0" : fmt::format("{:#x}", value);
  }
  return text;
}

std::string OneOf(uint64_t value, std::span<const Name> names) {
  const auto known = std::ranges::find(names, value, &Name::value);
  return known != names.end() ? known->name : std::to_string(static_cast<int64_t>(value));
}

constexpr Name kOpenNames[] = {{O_CREAT, "O_CREAT"},       {O_EXCL, "O_EXCL"},
                               {O_TRUNC, "O_TRUNC"},       {O_APPEND, "O_APPEND"},
                               {O_NONBLOCK, "O_NONBLOCK"}, {O_CLOEXEC, "O_CLOEXEC"},
                               {O_DIRECTORY, "O_DIRECTORY"}, {O_NOFOLLOW, "O_NOFOLLOW"},
                               {O_NOCTTY, "O_NOCTTY"},     {O_SYNC, "O_SYNC"}};
constexpr Name kAccessNames[] = {{O_RDONLY, "O_RDONLY"}, {O_WRONLY, "O_WRONLY"}, {O_RDWR, "O_RDWR"}};
constexpr Name kPipeNames[] = {{O_CLOEXEC, "O_CLOEXEC"}, {O_NONBLOCK, "O_NONBLOCK"}};
constexpr Name kFcntlNames[] = {{F_DUPFD, "F_DUPFD"},   {F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC"},
                                {F_GETFD, "F_GETFD"},   {F_SETFD, "F_SETFD"},
                                {F_GETFL, "F_GETFL"},   {F_SETFL, "F_SETFL"},
                                {F_SETLK, "F_SETLK"},   {F_SETLKW, "F_SETLKW"}};
constexpr Name kWaitNames[] = {{WNOHANG, "WNOHANG"}, {WUNTRACED, "WUNTRACED"},
                               {WCONTINUED, "WCONTINUED"}, {WEXITED, "WEXITED"},
                               {WNOWAIT, "WNOWAIT"}};
constexpr Name kFamilyNames[] = {{AF_UNIX, "AF_UNIX"}, {AF_INET, "AF_INET"}, {AF_INET6, "AF_INET6"},
                                 {AF_NETLINK, "AF_NETLINK"}};
constexpr Name kTypeNames[] = {{SOCK_STREAM, "SOCK_STREAM"}, {SOCK_DGRAM, "SOCK_DGRAM"},
                               {SOCK_RAW, "SOCK_RAW"}, {SOCK_SEQPACKET, "SOCK_SEQPACKET"}};
constexpr Name kTypeFlags[] = {{SOCK_CLOEXEC, "SOCK_CLOEXEC"}, {SOCK_NONBLOCK, "SOCK_NONBLOCK"}};
constexpr Name kShutdownNames[] = {{SHUT_RD, "SHUT_RD"}, {SHUT_WR, "SHUT_WR"},
                                   {SHUT_RDWR, "SHUT_RDWR"}};
constexpr Name kProtectionNames[] = {{PROT_READ, "PROT_READ"}, {PROT_WRITE, "PROT_WRITE"},
                                     {PROT_EXEC, "PROT_EXEC"}};
constexpr Name kMapNames[] = {{MAP_SHARED, "MAP_SHARED"}, {MAP_PRIVATE, "MAP_PRIVATE"},
                              {MAP_ANONYMOUS, "MAP_ANONYMOUS"}, {MAP_FIXED, "MAP_FIXED"}};
constexpr Name kHowNames[] = {{0, "SIG_BLOCK"}, {1, "SIG_UNBLOCK"}, {2, "SIG_SETMASK"}};

std::string SignalSetText(HostPid task, uint64_t address) {
  if (address == 0) return "NULL";
  const auto set = ReadValue<uint64_t>(task, address);
  if (!set) return fmt::format("{:#x}", address);
  std::string text;
  for (int signal = 1; signal <= 64; ++signal) {
    if ((*set >> (signal - 1) & 1) == 0) continue;
    if (!text.empty()) text += ' ';
    text += SignalName(signal);
  }
  return "[" + text + "]";
}

std::string TimeText(HostPid task, uint64_t address) {
  if (address == 0) return "NULL";
  const auto time = ReadValue<timespec>(task, address);
  if (!time) return fmt::format("{:#x}", address);
  return fmt::format("{}.{:09d} s", time->tv_sec, time->tv_nsec);
}

std::string AddressText(HostPid task, uint64_t address, uint64_t length) {
  const uint64_t size = std::min<uint64_t>(length, sizeof(sockaddr_un));
  return Address(ReadMemory(task, address, size));
}

std::string Text(const Argument& argument, const Entry& entry, size_t index, HostPid task) {
  const uint64_t value = entry.args[index];
  const auto number = static_cast<int64_t>(static_cast<int32_t>(value));
  switch (argument.as) {
    case As::kNumber:
    case As::kDescriptor:
    case As::kProcess:
      return std::to_string(number);
    case As::kSize:
      return std::to_string(static_cast<int64_t>(value));
    case As::kHex:
      return fmt::format("{:#x}", value);
    case As::kDirectory:
      return number == AT_FDCWD ? "AT_FDCWD" : std::to_string(number);
    case As::kPath:
      return ReadString(task, value);
    case As::kStrings: {
      std::string text;
      for (const std::string& word : ReadStrings(task, value)) text += (text.empty() ? "" : " ") + word;
      return text;
    }
    case As::kMode:
      return fmt::format("{:04o}", value & 07777);
    case As::kOpenFlags:
      return Flags(value & ~static_cast<uint64_t>(O_ACCMODE | 0100000), kOpenNames,
                   OneOf(value & O_ACCMODE, kAccessNames));
    case As::kPipeFlags:
      return Flags(value, kPipeNames);
    case As::kFcntl:
      return OneOf(value & 0xffffffff, kFcntlNames);
    case As::kSignal:
      return number == 0 ? "0" : SignalName(static_cast<int>(number));
    case As::kSignalSet:
      return SignalSetText(task, value);
    case As::kWaitOptions:
      return Flags(value & 0xffffffff, kWaitNames);
    case As::kFamily:
      return OneOf(value, kFamilyNames);
    case As::kSocketType:
      return Flags(value & (SOCK_CLOEXEC | SOCK_NONBLOCK), kTypeFlags,
                   OneOf(value & 0xf, kTypeNames));
    case As::kAddress:
      return AddressText(task, value, entry.args[index + 1]);
    case As::kAddressOut: {
      const auto length = ReadValue<uint32_t>(task, entry.args[index + 1]);
      return value == 0 || !length ? "NULL" : AddressText(task, value, *length);
    }
    case As::kShutdown:
      return OneOf(value, kShutdownNames);
    case As::kProtection:
      return Flags(value, kProtectionNames);
    case As::kMapFlags:
      return Flags(value, kMapNames);
    case As::kTime:
      return TimeText(task, value);
    case As::kSeconds:
      return std::to_string(number) + " s";
    case As::kHow:
      return OneOf(value, kHowNames);
    case As::kPointer:
      return value == 0 ? "NULL" : fmt::format("{:#x}", value);
  }
  return {};
}

}  // namespace

std::string Address(std::string_view bytes) {
  sockaddr_storage storage{};
  if (bytes.size() < sizeof(sa_family_t)) return {};
  std::memcpy(&storage, bytes.data(), std::min(bytes.size(), sizeof storage));
  std::array<char, INET6_ADDRSTRLEN> text{};
  switch (storage.ss_family) {
    case AF_INET: {
      const auto& inet = reinterpret_cast<const sockaddr_in&>(storage);
      ::inet_ntop(AF_INET, &inet.sin_addr, text.data(), text.size());
      return fmt::format("{}:{}", text.data(), ntohs(inet.sin_port));
    }
    case AF_INET6: {
      const auto& inet = reinterpret_cast<const sockaddr_in6&>(storage);
      ::inet_ntop(AF_INET6, &inet.sin6_addr, text.data(), text.size());
      return fmt::format("[{}]:{}", text.data(), ntohs(inet.sin6_port));
    }
    case AF_UNIX: {
      const std::string_view path = bytes.substr(offsetof(sockaddr_un, sun_path));
      if (path.empty()) return {};
      if (path[0] == '\0') return "@" + std::string(path.substr(1));
      return std::string(path.substr(0, path.find('\0')));
    }
    default:
      return {};
  }
}

Told Arguments(const Row& row, const Entry& entry, HostPid task) {
  Told told;
  for (size_t i = 0; i < row.arguments.size(); ++i)
    told.emplace_back(row.arguments[i].name, Text(row.arguments[i], entry, i, task));
  return told;
}

}  // namespace plumbline::trace::decode

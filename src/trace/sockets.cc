// SPDX-License-Identifier: MIT
#include "trace/sockets.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <sys/socket.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"
#include "trace/proc.h"

namespace plumbline::trace {
namespace {

std::string Ip4(std::string_view hex) {
  const auto raw = LeadingNumber<uint32_t>(hex, 16);  // in network order as a host number
  std::array<char, INET_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET, &raw, text.data(), text.size());
  return text.data();
}

std::string Ip6(std::string_view hex) {
  std::array<uint32_t, 4> raw{};
  for (size_t i = 0; i < 4 && hex.size() >= 8 * (i + 1); ++i)
    raw[i] = LeadingNumber<uint32_t>(hex.substr(8 * i, 8), 16);
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, raw.data(), text.data(), text.size());
  return fmt::format("[{}]", text.data());
}

std::string Endpoint(std::string_view text, bool six) {
  const size_t colon = text.find(':');
  const auto port = LeadingNumber<int>(text.substr(colon + 1), 16);
  return (six ? Ip6(text.substr(0, colon)) : Ip4(text.substr(0, colon))) + ":" +
         std::to_string(port);
}

int PortOf(const std::string& endpoint) {
  const size_t colon = endpoint.rfind(':');
  return colon == std::string::npos ? 0 : LeadingNumber<int>(endpoint.substr(colon + 1));
}

constexpr const char* kTcpStates[] = {"",           "ESTABLISHED", "SYN_SENT",  "SYN_RECV",
                                      "FIN_WAIT1",  "FIN_WAIT2",   "TIME_WAIT", "CLOSE",
                                      "CLOSE_WAIT", "LAST_ACK",    "LISTEN",    "CLOSING"};

void AddTcp(const std::string& path, bool six, std::map<uint64_t, record::SocketState>& sockets) {
  const std::string text = ReadProc(path.c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() < 10 || words[0].back() != ':') continue;
    record::SocketState socket{.family = six ? "inet6" : "inet", .type = "stream"};
    socket.local = Endpoint(words[1], six);
    const auto state = LeadingNumber<size_t>(words[3], 16);
    socket.state = state < std::size(kTcpStates) ? kTcpStates[state] : "";
    socket.listening = socket.state == "LISTEN";
    if (!socket.listening) socket.remote = Endpoint(words[2], six);
    const size_t colon = words[4].find(':');
    socket.unsent = LeadingNumber<uint64_t>(words[4].substr(0, colon), 16);
    socket.unread = LeadingNumber<uint64_t>(words[4].substr(colon + 1), 16);
    const auto inode = LeadingNumber<uint64_t>(words[9]);
    if (inode != 0) sockets[inode] = std::move(socket);
  }
}

// "Num RefCount Protocol Flags Type St Inode Path"; flag 0x10000: listening.
void AddUnix(const std::string& path, std::map<uint64_t, record::SocketState>& sockets) {
  const std::string text = ReadProc(path.c_str());
  for (const std::string_view line : Lines(text)) {
    constexpr size_t kPath = 7;
    const auto words = WordsOf(line, kPath + 1);
    if (words.size() < kPath || words[0].back() != ':') continue;
    record::SocketState socket{.family = "unix"};
    socket.type = words[4] == "0002" ? "dgram" : words[4] == "0005" ? "seqpacket" : "stream";
    socket.listening = (LeadingNumber<uint64_t>(words[3], 16) & 0x10000) != 0;
    if (words.size() > kPath) socket.local = std::string(words[kPath]);
    sockets[LeadingNumber<uint64_t>(words[6])] = std::move(socket);
  }
}

using Network = const sandbox::SharedNetwork*;

// The table is the machine's there: the run's, as the run names them. A socket that is a file may
// be anybody's still: its name may be a relative one.
void KeepOfRun(Network network, std::map<uint64_t, record::SocketState>& sockets) {
  if (network == nullptr) return;
  std::erase_if(sockets, [&](const auto& entry) {
    return entry.second.family != "unix" && !network->Has(PortOf(entry.second.local)) &&
           !network->Has(PortOf(entry.second.remote));
  });
  for (auto& [inode, socket] : sockets) {
    socket.local = network->Named(socket.local);
    socket.remote = network->Named(socket.remote);
  }
}

}  // namespace

std::map<uint64_t, record::SocketState> SocketsOf(HostPid inside, Network network) {
  const std::string folder = "/proc/" + std::to_string(inside.value) + "/net/";
  std::map<uint64_t, record::SocketState> sockets;
  AddTcp(folder + "tcp", false, sockets);
  AddTcp(folder + "tcp6", true, sockets);
  AddUnix(folder + "unix", sockets);
  KeepOfRun(network, sockets);
  return sockets;
}

bool HoldsSocket(HostPid process, uint64_t inode) {
  const std::string wanted = fmt::format("socket:[{}]", inode);
  const std::string path = fmt::format("/proc/{}/fd", process.value);
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
  while (const dirent* entry = folder ? ::readdir(folder.get()) : nullptr) {
    if (LinkOf(process, fmt::format("fd/{}", entry->d_name).c_str()) == wanted) return true;
  }
  return false;
}

}  // namespace plumbline::trace

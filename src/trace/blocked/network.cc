// SPDX-License-Identifier: MIT
#include "trace/blocked/network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

#include "base/io.h"
#include "base/text.h"
#include "trace/words.h"

namespace plumbline::trace {
namespace {

// A whole file of /proc by descriptor, from its beginning.
std::string ReadFromStart(int fd) {
  std::string text;
  std::array<char, 16384> buffer;
  while (true) {
    const ssize_t count =
        ::pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<size_t>(count));
  }
}

// The supervisor's own network namespace is empty: its loopback may still be down.
void BringLoopbackUp(int socket) {
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  if (::ioctl(socket, SIOCGIFFLAGS, &request) < 0 || (request.ifr_flags & IFF_UP) != 0) return;
  request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP | IFF_RUNNING);
  ::ioctl(socket, SIOCSIFFLAGS, &request);
}

Result<UniqueFd> MakeFence() {
  UniqueFd fence(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fence) return ErrnoError("socket");
  BringLoopbackUp(fence.get());
  sockaddr_in self{};
  self.sin_family = AF_INET;
  self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof self;
  auto* address = reinterpret_cast<sockaddr*>(&self);
  if (::bind(fence.get(), address, length) < 0) return ErrnoError("bind 127.0.0.1");
  if (::getsockname(fence.get(), address, &length) < 0) return ErrnoError("getsockname");
  if (::connect(fence.get(), address, length) < 0) return ErrnoError("connect 127.0.0.1");
  return fence;
}

}  // namespace

Result<LoopbackProbe> LoopbackProbe::Open(HostPid inside) {
  LoopbackProbe probe;
  const std::string folder = "/proc/" + std::to_string(inside.value) + "/net/";
  probe.devices_.Reset(::open((folder + "dev").c_str(), O_RDONLY | O_CLOEXEC));
  if (!probe.devices_) return ErrnoError(folder + "dev");
  probe.connections_.Reset(::open((folder + "tcp").c_str(), O_RDONLY | O_CLOEXEC));
  if (!probe.connections_) return ErrnoError(folder + "tcp");
  TRY_ASSIGN(probe.fence_, MakeFence());
  return probe;
}

bool LoopbackProbe::InFlight() {
  if (!enabled_) return false;
  const uint64_t before = PacketsSent();
  if (!PassFence()) return true;
  // What was taken in before the fence may have been answered.
  if (PacketsSent() != before) return true;
  return BytesUnderWay();
}

// "    lo: rx_bytes rx_packets ... (8 fields) tx_bytes tx_packets ..."
uint64_t LoopbackProbe::PacketsSent() const {
  const std::string text = ReadFromStart(devices_.get());
  const size_t begin = text.find("lo:");
  if (begin == std::string::npos) return 0;
  const auto words =
      WordsOf(std::string_view(text).substr(begin + 3, text.find('\n', begin) - begin - 3));
  constexpr size_t kSentPackets = 9;
  return words.size() > kSentPackets ? NumberIn<uint64_t>(words[kSentPackets]) : 0;
}

bool LoopbackProbe::PassFence() {
  char byte = 0;
  if (::send(fence_.get(), &byte, 1, 0) != 1) return false;
  constexpr int kMilliseconds = 10;  // a busy machine lets the softirq wait: then ask again later
  pollfd waiting{.fd = fence_.get(), .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, kMilliseconds) != 1) return false;
  return ::recv(fence_.get(), &byte, 1, 0) == 1;
}

// Lines of /proc/net/tcp: "sl local remote state tx_queue:rx_queue ...", numbers in hexadecimal.
bool LoopbackProbe::BytesUnderWay() const {
  struct End {
    uint64_t unsent = 0;
    uint64_t unread = 0;
  };
  constexpr uint64_t kSynSent = 2;
  constexpr uint64_t kListen = 10;
  std::map<std::pair<std::string, std::string>, End> ends;
  const std::string text = ReadFromStart(connections_.get());
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() < 5 || words[0].back() != ':') continue;
    const uint64_t state = NumberIn<uint64_t>(words[3], 16);
    // A connect to a full queue is sent again by a timer, to no effect.
    if (state == kSynSent || state == kListen) continue;
    const size_t colon = words[4].find(':');
    ends[{std::string(words[1]), std::string(words[2])}] = {
        NumberIn<uint64_t>(words[4].substr(0, colon), 16),
        NumberIn<uint64_t>(words[4].substr(colon + 1), 16)};
  }
  for (const auto& [addresses, end] : ends) {
    const auto other = ends.find({addresses.second, addresses.first});
    if (end.unsent > 0 && other != ends.end() && other->second.unread == 0) return true;
  }
  return false;
}

}  // namespace plumbline::trace

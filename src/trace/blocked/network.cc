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

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"

namespace plumbline::trace {

// A line of /proc/net/tcp: "sl local remote state tx_queue:rx_queue ...", numbers in hexadecimal.
struct LoopbackProbe::Connection {
  std::string local;
  std::string remote;
  uint64_t state = 0;
  uint64_t unsent = 0;
  uint64_t unread = 0;  // of a listening socket: how many wait to be accepted

  bool operator==(const Connection&) const = default;
};

namespace {

using Connection = LoopbackProbe::Connection;

// A whole file of /proc by descriptor, from its beginning. The kernel gives as many whole lines at
// once as a page has room for (fs/seq_file.c): where there was room for another one, there is none.
// To ask once more would make it go through all sockets again.
std::string ReadFromStart(int fd) {
  constexpr size_t kPage = 4096;
  constexpr size_t kLongestLine = 512;
  std::string text;
  std::array<char, 16384> buffer;
  while (true) {
    const ssize_t count =
        ::pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<size_t>(count));
    if (static_cast<size_t>(count) < kPage - kLongestLine) return text;
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

constexpr uint64_t kSynSent = 2;
constexpr uint64_t kSynReceived = 3;
constexpr uint64_t kListen = 10;

// An address of IPv6 that stands for one of IPv4, as the other end has it.
std::string AsSeenFromBothEnds(std::string_view address) {
  constexpr std::string_view kMapped = "0000000000000000FFFF0000";
  if (address.starts_with(kMapped)) address.remove_prefix(kMapped.size());
  return std::string(address);
}

void ReadConnections(int fd, std::vector<Connection>& connections) {
  const std::string text = ReadFromStart(fd);
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() < 5 || words[0].back() != ':') continue;
    const size_t colon = words[4].find(':');
    connections.push_back({.local = AsSeenFromBothEnds(words[1]),
                           .remote = AsSeenFromBothEnds(words[2]),
                           .state = LeadingNumber<uint64_t>(words[3], 16),
                           .unsent = LeadingNumber<uint64_t>(words[4].substr(0, colon), 16),
                           .unread = LeadingNumber<uint64_t>(words[4].substr(colon + 1), 16)});
  }
}

std::string PortIn(const std::string& address) { return address.substr(address.rfind(':') + 1); }

bool IsOf(const sandbox::SharedNetwork& network, const Connection& connection) {
  return network.Has(LeadingNumber<int>(PortIn(connection.local), 16)) ||
         network.Has(LeadingNumber<int>(PortIn(connection.remote), 16));
}

// Where this one wants to be accepted, nobody waits.
bool FindsRoom(const std::string& server, const std::vector<Connection>& all) {
  return std::ranges::any_of(all, [&](const Connection& other) {
    return other.state == kListen && other.unread == 0 && PortIn(other.local) == PortIn(server);
  });
}

}  // namespace

Result<LoopbackProbe> LoopbackProbe::Open(HostPid inside, sandbox::SharedNetwork* network) {
  LoopbackProbe probe;
  probe.network_ = network;
  const std::string folder = "/proc/" + std::to_string(inside.value) + "/net/";
  probe.devices_.Reset(::open((folder + "dev").c_str(), O_RDONLY | O_CLOEXEC));
  if (!probe.devices_) return ErrnoError(folder + "dev");
  probe.connections_.Reset(::open((folder + "tcp").c_str(), O_RDONLY | O_CLOEXEC));
  if (!probe.connections_) return ErrnoError(folder + "tcp");
  // Not there without IPv6.
  probe.connections6_.Reset(::open((folder + "tcp6").c_str(), O_RDONLY | O_CLOEXEC));
  TRY_ASSIGN(probe.fence_, MakeFence());
  return probe;
}

bool LoopbackProbe::InFlight() {
  if (!enabled_) return false;
  return network_ == nullptr ? MovesHere() || BytesUnderWay() : MovesAmongOthers();
}

bool LoopbackProbe::MovesHere() {
  const uint64_t before = PacketsSent();
  if (!PassFence()) return true;
  // What was taken in before the fence may have been answered.
  return PacketsSent() != before;
}

// The count is everybody's there. A packet that is taken in changes what is known of its
// connection, but for one that only makes room: then what is sent for it does.
bool LoopbackProbe::MovesAmongOthers() {
  constexpr int kFences = 3;
  const auto before = network_->Look();
  const std::vector<Connection> table = before ? std::vector<Connection>() : Connections();
  for (int i = 0; i < kFences; ++i) {
    if (!PassFence()) return true;
  }
  const auto after = network_->Look();
  if (before != after || (!after && Connections() != table)) return true;
  return after ? BytesUnderWay(*after) : BytesUnderWay();
}

// As below. Where a listener's queue decides, the tables tell of it.
bool LoopbackProbe::BytesUnderWay(
    const std::vector<sandbox::SharedNetwork::Connection>& connections) const {
  return std::ranges::any_of(connections, [this](const auto& connection) {
    const auto& [client, server] = connection;
    const bool is_made = client.state != kSynSent && server.state != kSynReceived;
    const bool lacks_end =
        (client.unsent > 0 && server.state == 0) || (server.unsent > 0 && client.state == 0);
    if (!is_made || lacks_end) return BytesUnderWay();
    return (client.unsent > 0 && server.unread == 0) || (server.unsent > 0 && client.unread == 0);
  });
}

// "    lo: rx_bytes rx_packets ... (8 fields) tx_bytes tx_packets ..."
uint64_t LoopbackProbe::PacketsSent() const {
  const std::string text = ReadFromStart(devices_.get());
  const size_t begin = text.find("lo:");
  if (begin == std::string::npos) return 0;
  const auto words =
      WordsOf(std::string_view(text).substr(begin + 3, text.find('\n', begin) - begin - 3));
  constexpr size_t kSentPackets = 9;
  return words.size() > kSentPackets ? LeadingNumber<uint64_t>(words[kSentPackets]) : 0;
}

bool LoopbackProbe::PassFence() {
  const uint64_t number = ++fences_;
  if (::send(fence_.get(), &number, sizeof number, 0) != sizeof number) return false;
  while (true) {
    constexpr int kMilliseconds = 10;  // a busy machine lets the softirq wait: then ask again later
    pollfd waiting{.fd = fence_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, kMilliseconds) != 1) return false;
    uint64_t came = 0;
    if (::recv(fence_.get(), &came, sizeof came, 0) != sizeof came) return false;
    if (came == number) return true;  // else one that was given up
  }
}

std::vector<Connection> LoopbackProbe::Connections() const {
  std::vector<Connection> all;
  ReadConnections(connections_.get(), all);
  if (six_ && connections6_) ReadConnections(connections6_.get(), all);
  if (network_ != nullptr)
    std::erase_if(all, [this](const Connection& one) { return !IsOf(*network_, one); });
  return all;
}

bool LoopbackProbe::BytesUnderWay() const {
  const std::vector<Connection> all = Connections();
  std::map<std::pair<std::string_view, std::string_view>, const Connection*> ends;
  for (const Connection& end : all) {
    if (end.state != kSynSent && end.state != kSynReceived && end.state != kListen)
      ends[{end.local, end.remote}] = &end;
  }
  return std::ranges::any_of(all, [&](const Connection& end) {
    // In a connection to a full queue the kernel's next attempt changes nothing, until there is
    // room.
    if (end.state == kSynSent) return FindsRoom(end.remote, all);
    if (end.state == kSynReceived) return FindsRoom(end.local, all);
    if (end.state == kListen || end.unsent == 0) return false;
    const auto other = ends.find({end.remote, end.local});
    // Without the other end, one that a full queue answered by a cookie (tcp(7), tcp_syncookies).
    return other == ends.end() ? FindsRoom(end.remote, all) : other->second->unread == 0;
  });
}

}  // namespace plumbline::trace

// SPDX-License-Identifier: MIT
#include "sandbox/shared_network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstring>
#include <utility>

namespace plumbline::sandbox {
namespace {

// The number of a device that no machine has (socket(7), SO_BINDTODEVICE).
constexpr int kNowhere = INT_MAX - 1;
constexpr int kAnyPort = 0;
// Below those that the kernel chooses (ip(7), ip_local_port_range), above the privileged.
constexpr int kFirstPort = 10000;
constexpr int kLastPort = 32767;
constexpr size_t kMostPorts = 128;

// An address of IPv4 or IPv6 with room for either.
union Address {
  sockaddr plain;
  sockaddr_in four;
  sockaddr_in6 six;
  sockaddr_storage whole;
};
socklen_t SizeOf(const Address& address) {
  return address.plain.sa_family == AF_INET6 ? sizeof address.six : sizeof address.four;
}

Address AddressFrom(std::string_view bytes) {
  Address address{};
  std::memcpy(&address, bytes.data(), std::min(bytes.size(), sizeof address));
  return address;
}

Address Loopback(int port) {
  Address address{};
  address.four.sin_family = AF_INET;
  address.four.sin_port = htons(static_cast<uint16_t>(port));
  address.four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

Address Anywhere(int family, int port) {
  Address address{};
  address.plain.sa_family = static_cast<sa_family_t>(family);
  // At the same place in both.
  address.four.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

int Port(const Address& address) { return ntohs(address.four.sin_port); }
void SetPort(Address& address, int port) {
  address.four.sin_port = htons(static_cast<uint16_t>(port));
}

// 127.0.0.0/8, or any.
bool IsOurs(uint32_t four) { return four == INADDR_ANY || four >> 24 == IN_LOOPBACKNET; }
bool IsOurs(const Address& address) {
  if (address.plain.sa_family == AF_INET) return IsOurs(ntohl(address.four.sin_addr.s_addr));
  const in6_addr& six = address.six.sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    uint32_t four = 0;
    std::memcpy(&four, six.s6_addr + 12, sizeof four);
    return IsOurs(ntohl(four));
  }
  return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_UNSPECIFIED(&six);
}

int Option(int socket, int name) {
  int value = 0;
  socklen_t size = sizeof value;
  return ::getsockopt(socket, SOL_SOCKET, name, &value, &size) < 0 ? -1 : value;
}

// What the kernel would find wrong with it before it looks at the address itself.
int FaultOf(int socket, std::string_view bytes, const Address& address) {
  constexpr size_t kLeastSix = 24;  // RFC 2133, without a scope
  const int family = Option(socket, SO_DOMAIN);
  if (bytes.size() < (family == AF_INET6 ? kLeastSix : sizeof(sockaddr_in))) return EINVAL;
  return address.plain.sa_family == family ? 0 : EAFNOSUPPORT;
}

int ErrorOf(int result) { return result < 0 ? errno : 0; }

int BindTo(int socket, const Address& address) {
  return ErrorOf(::bind(socket, &address.plain, SizeOf(address)));
}

std::optional<int> LocalPort(int socket) {
  Address address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket, &address.plain, &size) < 0) return std::nullopt;
  return Port(address);
}

std::optional<int> RemotePort(int socket) {
  Address address{};
  socklen_t size = sizeof address;
  if (::getpeername(socket, &address.plain, &size) < 0) return std::nullopt;
  return Port(address);
}

// Runs one after another, and supervisors side by side, begin at different ones.
int NextPort() {
  static int next = kFirstPort + static_cast<int>(::getpid()) * 61 % (kLastPort - kFirstPort);
  if (next > kLastPort) next = kFirstPort;
  return next++;
}

// One socket of IPv6 stands in the way of both families.
UniqueFd BareSocket() {
  UniqueFd socket(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int off = 0;
  if (socket && ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) < 0)
    socket.Reset();
  if (!socket) socket.Reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return socket;
}

// 0: there is none.
unsigned LoopbackDevice() {
  static const unsigned loopback = ::if_nametoindex("lo");
  return loopback;
}

int MoveTo(int socket, int device) {
  return ErrorOf(::setsockopt(socket, SOL_SOCKET, SO_BINDTOIFINDEX, &device, sizeof device));
}

// An address as the kernel looks for it; its family. That of any host is the loopback's to who
// connects to it.
int PutPlain(const Address& address, std::array<uint32_t, 4>& plain) {
  const bool is_six = address.plain.sa_family == AF_INET6;
  const in6_addr& six = address.six.sin6_addr;
  if (is_six && !IN6_IS_ADDR_V4MAPPED(&six)) {
    const in6_addr& told = IN6_IS_ADDR_UNSPECIFIED(&six) ? in6addr_loopback : six;
    std::memcpy(plain.data(), &told, sizeof told);
    return AF_INET6;
  }
  const void* const four = is_six ? static_cast<const void*>(six.s6_addr + 12)
                                  : static_cast<const void*>(&address.four.sin_addr);
  std::memcpy(plain.data(), four, sizeof plain[0]);
  if (plain[0] == INADDR_ANY) plain[0] = htonl(INADDR_LOOPBACK);
  return AF_INET;
}

struct Question {
  nlmsghdr header{};
  inet_diag_req_v2 about{};
};

// Lets connect(2) not wait, whose socket it may be.
class NotWaiting {
 public:
  explicit NotWaiting(int socket) : socket_(socket), flags_(::fcntl(socket, F_GETFL)) {
    if (waits()) ::fcntl(socket_, F_SETFL, flags_ | O_NONBLOCK);
  }
  ~NotWaiting() {
    if (waits()) ::fcntl(socket_, F_SETFL, flags_);
  }
  NotWaiting(const NotWaiting&) = delete;
  NotWaiting& operator=(const NotWaiting&) = delete;
  bool waits() const { return flags_ >= 0 && (flags_ & O_NONBLOCK) == 0; }

 private:
  int socket_;
  int flags_;
};

}  // namespace

// --- Ports.

void SharedNetwork::NoteFailure(Error error) {
  if (!failure_) failure_ = std::move(error);
}

// In the way of everybody first, so that neither a listener nor what a closed connection leaves for
// a minute (TIME_WAIT) is there; then of the run no more.
int SharedNetwork::Hold(std::optional<int> named) {
  if (holders_.size() >= kMostPorts) {
    NoteFailure({"a program bound more than " + std::to_string(kMostPorts) + " ports",
                 "isolation B has all of them"});
    return 0;
  }
  int error = EADDRINUSE;
  for (int tried = kFirstPort; tried <= kLastPort; ++tried) {
    const int port = NextPort();
    if (names_.contains(port) || ports_.contains(port)) continue;
    UniqueFd holder = BareSocket();
    if (!holder) {
      error = errno;
      break;
    }
    error = BindTo(holder.get(), Anywhere(Option(holder.get(), SO_DOMAIN), port));
    if (error == EADDRINUSE || error == EACCES) continue;
    if (error == 0) error = MoveTo(holder.get(), kNowhere);
    if (error != 0) break;
    holders_[port] = std::move(holder);
    ports_[named.value_or(port)] = port;
    names_[port] = named.value_or(port);
    // A client whose port the kernel chooses shall not get the other number.
    if (UniqueFd other = BareSocket(); named.value_or(0) > kLastPort && other) {
      if (BindTo(other.get(), Anywhere(Option(other.get(), SO_DOMAIN), *named)) == 0)
        holders_[*named] = std::move(other);
    }
    return port;
  }
  NoteFailure(ErrnoError("hold a port of the machine's", error).error());
  return 0;
}

int SharedNetwork::PortFor(int named) {
  const auto known = ports_.find(named);
  return known != ports_.end() ? known->second : Hold(named);
}

int SharedNetwork::FreshPort() { return Hold(std::nullopt); }

int SharedNetwork::ClosedPort() {
  if (closed_ == 0) closed_ = FreshPort();
  return closed_;
}

int SharedNetwork::NamedPort(int machines) const {
  const auto known = names_.find(machines);
  return known == names_.end() ? machines : known->second;
}

std::string SharedNetwork::Named(const std::string& endpoint) const {
  if (endpoint.starts_with('/')) return files_.Named(endpoint);
  const size_t colon = endpoint.rfind(':');
  if (colon == std::string::npos) return endpoint;
  int port = 0;
  std::from_chars(endpoint.data() + colon + 1, endpoint.data() + endpoint.size(), port);
  return endpoint.substr(0, colon + 1) + std::to_string(NamedPort(port));
}

// --- In a program's place.

// Who is bound to a device may not leave it without CAP_NET_RAW.
int SharedNetwork::Confine(int socket) {
  const auto loopback = static_cast<int>(LoopbackDevice());
  const int device = Option(socket, SO_BINDTOIFINDEX);
  if (loopback > 0 && device == loopback) return 0;
  const int error = loopback > 0 ? MoveTo(socket, loopback) : ENODEV;
  if (error != 0) {
    NoteFailure(ErrnoError("bind a socket to the loopback device", error).error());
    return EADDRNOTAVAIL;
  }
  return 0;
}

int SharedNetwork::Bind(int socket, std::string_view bytes) {
  Address address = AddressFrom(bytes);
  // As the kernel has it for the sake of old programs.
  const bool unspecified =
      address.plain.sa_family == AF_UNSPEC && address.four.sin_addr.s_addr == 0;
  if (unspecified && Option(socket, SO_DOMAIN) == AF_INET) address.plain.sa_family = AF_INET;
  if (const int fault = FaultOf(socket, bytes, address)) return fault;
  if (!IsOurs(address)) return EADDRNOTAVAIL;
  if (LocalPort(socket) != kAnyPort) return EINVAL;
  if (const int error = Confine(socket)) return error;
  const int port = Port(address) == kAnyPort ? FreshPort() : PortFor(Port(address));
  if (port == 0) return EADDRNOTAVAIL;
  SetPort(address, port);
  return BindTo(socket, address);
}

// listen(2) without bind(2).
int SharedNetwork::BindFresh(int socket) {
  if (const int error = Confine(socket)) return error;
  const int port = FreshPort();
  return port == 0 ? EADDRNOTAVAIL : BindTo(socket, Anywhere(Option(socket, SO_DOMAIN), port));
}

int SharedNetwork::Listen(int socket, int backlog) {
  if (LocalPort(socket) == kAnyPort) {
    if (const int error = BindFresh(socket)) return error;
  }
  return ErrorOf(::listen(socket, backlog));
}

int SharedNetwork::Connect(int socket, std::string_view bytes) {
  Address address = AddressFrom(bytes);
  if (address.plain.sa_family == AF_UNSPEC && bytes.size() >= sizeof address.plain.sa_family)
    return ErrorOf(::connect(socket, &address.plain, static_cast<socklen_t>(bytes.size())));
  if (const int fault = FaultOf(socket, bytes, address)) return fault;
  if (!IsOurs(address)) return RemotePort(socket) ? EISCONN : ENETUNREACH;
  if (const int error = Confine(socket)) return error;
  const auto known = ports_.find(Port(address));
  const int port = known != ports_.end() ? known->second : ClosedPort();
  if (port == 0) return ENETUNREACH;
  SetPort(address, port);
  const NotWaiting asked(socket);
  int result = ::connect(socket, &address.plain, SizeOf(address));
  // On the loopback device the answer is there already, if the other side has room.
  if (result < 0 && errno == EINPROGRESS && asked.waits())
    result = ::connect(socket, &address.plain, SizeOf(address));
  const int error = ErrorOf(result);
  if (error == 0 || error == EINPROGRESS || error == EALREADY)
    NoteConnection(socket, address.whole);
  return error;
}

void SharedNetwork::NoteConnection(int socket, const sockaddr_storage& to) {
  Address from{};
  socklen_t size = sizeof from;
  if (::getsockname(socket, &from.plain, &size) < 0) return;
  if (!clients_.insert(Port(from)).second) return;
  Address server{};
  server.whole = to;
  Path path{.client_port = from.four.sin_port, .server_port = server.four.sin_port};
  path.family = PutPlain(from, path.client);
  PutPlain(server, path.server);
  paths_.push_back(path);
}

// Tells the socket what the kernel tells at the end of connect(2), which alone does it.
void SharedNetwork::EndWait(int socket) {
  const NotWaiting asked(socket);
  const Address address = Loopback(kAnyPort);
  Address any{};
  any.plain.sa_family = static_cast<sa_family_t>(Option(socket, SO_DOMAIN));
  const bool four = any.plain.sa_family == AF_INET;
  (void)::connect(socket, four ? &address.plain : &any.plain, SizeOf(four ? address : any));
}

void SharedNetwork::NoteAccepted(int socket) {
  const auto from = RemotePort(socket);
  if (!from || clients_.contains(*from)) return;
  NoteFailure({"a process outside of the run connected to port " +
                   std::to_string(NamedPort(LocalPort(socket).value_or(0))) + " of it",
               "isolation B has a network that nobody else reaches"});
}

// --- Connections.

std::optional<SharedNetwork::End> SharedNetwork::EndOf(const Path& path, bool is_server) {
  Question question;
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.about.sdiag_family = static_cast<uint8_t>(path.family);
  question.about.sdiag_protocol = IPPROTO_TCP;
  question.about.idiag_states = ~0U;
  inet_diag_sockid& id = question.about.id;
  id.idiag_sport = is_server ? path.server_port : path.client_port;
  id.idiag_dport = is_server ? path.client_port : path.server_port;
  std::ranges::copy(is_server ? path.server : path.client, id.idiag_src);
  std::ranges::copy(is_server ? path.client : path.server, id.idiag_dst);
  id.idiag_if = LoopbackDevice();
  id.idiag_cookie[0] = id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  if (::send(diagnosis_.get(), &question, sizeof question, 0) < 0) return std::nullopt;
  alignas(nlmsghdr) std::array<char, 8192> answer;
  const ssize_t size = ::recv(diagnosis_.get(), answer.data(), answer.size(), 0);
  struct Found {
    nlmsghdr header;
    inet_diag_msg socket;
  } found{};
  if (size < static_cast<ssize_t>(NLMSG_LENGTH(sizeof(int)))) return std::nullopt;
  std::memcpy(&found, answer.data(), std::min<size_t>(sizeof found, static_cast<size_t>(size)));
  if (found.header.nlmsg_type == NLMSG_ERROR) {
    int error = 0;
    std::memcpy(&error, answer.data() + NLMSG_HDRLEN, sizeof error);
    return error == -ENOENT ? std::optional(End{}) : std::nullopt;
  }
  // For want of a connection it finds who listens at that port.
  if (found.socket.idiag_state == TCP_LISTEN) return End{};
  return End{.state = found.socket.idiag_state,
             .unsent = found.socket.idiag_wqueue,
             .unread = found.socket.idiag_rqueue};
}

std::optional<std::vector<SharedNetwork::Connection>> SharedNetwork::Look() {
  if (!diagnosis_)
    diagnosis_.Reset(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  std::vector<Connection> seen;
  std::vector<Path> kept;
  for (const Path& path : paths_) {
    const auto client = EndOf(path, false);
    const auto server = EndOf(path, true);
    if (!client || !server) return std::nullopt;
    const auto has_left = [](const End& end) {
      return end.state == 0 || end.state == TCP_TIME_WAIT;
    };
    if (has_left(*client) && has_left(*server)) continue;
    kept.push_back(path);
    seen.push_back({*client, *server});
  }
  paths_ = std::move(kept);
  return seen;
}

// --- The grader's own ends.

Result<UniqueFd> SharedNetwork::ListenAt(int port, int backlog) {
  UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return ErrnoError("socket");
  const int on = 1;
  if (::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
    return ErrnoError("setsockopt SO_REUSEADDR");
  const Address address = Loopback(port);
  const char* const bytes = reinterpret_cast<const char*>(&address.four);
  if (const int error = Bind(socket.get(), {bytes, sizeof address.four}))
    return ErrnoError("bind port " + std::to_string(port), error);
  if (const int error = Listen(socket.get(), backlog)) return ErrnoError("listen", error);
  return socket;
}

Result<UniqueFd> SharedNetwork::ConnectTo(int port) {
  UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return ErrnoError("socket");
  int from = 0;
  for (int tried = kFirstPort; from == 0 && tried <= kLastPort; ++tried) {
    const int next = NextPort();
    if (names_.contains(next) || ports_.contains(next)) continue;
    // To no device yet: a port that another run holds is none for us.
    const int error = BindTo(socket.get(), Loopback(next));
    if (error == 0) from = next;
    if (error != 0 && error != EADDRINUSE && error != EACCES) return ErrnoError("bind", error);
  }
  if (from == 0) return ErrnoError("find a free port", EADDRINUSE);
  names_[from] = next_client_++;
  const Address address = Loopback(port);
  const char* const bytes = reinterpret_cast<const char*>(&address.four);
  const int error = Connect(socket.get(), {bytes, sizeof address.four});
  if (error != 0 && error != EINPROGRESS) return ErrnoError("connect", error);
  return socket;
}

}  // namespace plumbline::sandbox

// SPDX-License-Identifier: MIT
#include "scenario/addresses.h"

#include <sys/socket.h>

#include <algorithm>
#include <string_view>

#include "trace/decode/arguments.h"
#include "trace/snapshot.h"

namespace plumbline::scenario {
namespace {

template <typename Ask>
std::string AddressBy(Ask ask, int socket, const sandbox::SharedNetwork* network) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (ask(socket, reinterpret_cast<sockaddr*>(&address), &length) < 0) return {};
  const size_t size = std::min<size_t>(length, sizeof address);
  std::string text = trace::decode::Address({reinterpret_cast<const char*>(&address), size});
  const bool has_port = address.ss_family == AF_INET || address.ss_family == AF_INET6;
  return network != nullptr && has_port ? network->Named(text) : text;
}

}  // namespace

std::string LocalAddressOf(int socket, const sandbox::SharedNetwork* network) {
  return AddressBy(::getsockname, socket, network);
}

std::string RemoteAddressOf(int socket, const sandbox::SharedNetwork* network) {
  return AddressBy(::getpeername, socket, network);
}

std::string AbsolutePath(const std::string& path) {
  return path.starts_with('/') || path.starts_with('@') ? path : "/lab/" + path;
}

std::string PlainAddress(const std::string& address) {
  constexpr std::string_view kPrefix = "[::ffff:";
  if (!address.starts_with(kPrefix)) return address;
  std::string plain = address.substr(kPrefix.size());
  std::erase(plain, ']');
  return plain;
}

std::optional<record::SocketState> OtherEndOf(int socket, HostPid inside,
                                              const sandbox::SharedNetwork* network) {
  const std::string local = PlainAddress(LocalAddressOf(socket, network));
  const std::string remote = PlainAddress(RemoteAddressOf(socket, network));
  for (const auto& [inode, state] : trace::SocketsOf(inside, network)) {
    if (state.family == "unix" || state.listening) continue;
    if (PlainAddress(state.local) == remote && PlainAddress(state.remote) == local) return state;
  }
  return std::nullopt;
}

}  // namespace plumbline::scenario

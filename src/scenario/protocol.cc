// SPDX-License-Identifier: MIT
#include "scenario/protocol.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "sandbox/wire.h"
#include "scenario/plan_codec.h"

namespace plumbline::scenario {
namespace {

static_assert(std::endian::native == std::endian::little, "frames are little-endian");

constexpr std::array<char, 4> kMagic{'P', 'L', 'M', 'B'};
constexpr uint16_t kVersion = 1;
// A recording holds at most the output limit of each stream and of the files, and its events.
constexpr Bytes kMostPayload = MiB(512);
constexpr char kHint[] = "run it again; both ends must be the same version of plumbline";

enum class Kind : uint16_t {
  kBuild = 1,
  kRun = 2,
  kReport = 3,
  kRecording = 4,
  kError = 5,
  kOffer = 6,
  kOffered = 7
};

struct Header {
  std::array<char, 4> magic = kMagic;
  uint16_t version = kVersion;
  Kind kind{};
  uint64_t size = 0;
};
static_assert(sizeof(Header) == 16);

struct Frame {
  Kind kind{};
  UniqueFd memory;
  uint64_t size = 0;
};

Status SendFrame(int socket, Kind kind, std::string_view payload) {
  if (payload.size() > kMostPayload.count)
    return Fail("a value of " + ToString(Bytes{payload.size()}) + " is larger than a frame may be");
  TRY_ASSIGN(const UniqueFd memory, sandbox::MemoryFile(payload));
  Header header{.kind = kind, .size = payload.size()};
  iovec data{&header, sizeof(header)};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  const int fd = memory.get();
  std::memcpy(CMSG_DATA(rights), &fd, sizeof(fd));
  ssize_t sent = 0;
  do sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0) return ErrnoError("send a frame");
  return {};
}

// The first descriptor that came; all others are closed.
UniqueFd TakeDescriptor(msghdr& message) {
  UniqueFd first;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof(fd));
      UniqueFd owned(fd);
      if (!first) first = std::move(owned);
    }
  }
  return first;
}

Result<std::optional<Frame>> ReceiveFrame(int socket) {
  // One byte more than a header: a longer packet shows.
  std::array<char, sizeof(Header) + 1> bytes{};
  iovec data{bytes.data(), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t count = 0;
  do count = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  // The other end died with frames of ours unread.
  if (count < 0 && errno == ECONNRESET) return std::nullopt;
  if (count < 0) return ErrnoError("receive a frame");
  UniqueFd memory = TakeDescriptor(message);
  if (count == 0 && !memory) return std::nullopt;
  if (count != sizeof(Header)) return Fail("a frame of " + std::to_string(count) + " bytes", kHint);
  Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != kMagic) return Fail("what came is no frame", kHint);
  if (header.version != kVersion)
    return Fail("a frame of version " + std::to_string(header.version) + ", not " +
                    std::to_string(kVersion),
                kHint);
  if (!memory) return Fail("a frame without its memory", kHint);
  return Frame{header.kind, std::move(memory), header.size};
}

Result<std::string> PayloadOf(const Frame& frame) {
  auto payload = sandbox::ReadMemoryFile(frame.memory.get(), kMostPayload);
  if (!payload) return Fail("a frame: " + payload.error().message, kHint);
  if (payload->size() != frame.size)
    return Fail("a frame's memory has another size than it says", kHint);
  return payload;
}

std::unexpected<Error> Unexpected(Kind kind) {
  return Fail("a frame of kind " + std::to_string(std::to_underlying(kind)) + " was not expected",
              kHint);
}

// A decoded value as the sum type that the caller waits for.
template <typename Sum, typename T>
Status Put(Result<T> value, std::optional<Sum>& sum) {
  TRY(value);
  sum.emplace(std::in_place_type<T>, *std::move(value));
  return {};
}

Status TakeFrom(const Frame& frame, std::optional<Task>& task) {
  TRY_ASSIGN(const std::string payload, PayloadOf(frame));
  switch (frame.kind) {
    case Kind::kBuild:
      return Put(DecodeRequest(payload), task);
    case Kind::kRun:
      return Put(DecodePlan(payload), task);
    case Kind::kOffer:
      return Put(DecodeOffer(payload), task);
    default:
      return Unexpected(frame.kind);
  }
}

Status TakeFrom(const Frame& frame, std::optional<Answer>& answer) {
  TRY_ASSIGN(const std::string payload, PayloadOf(frame));
  switch (frame.kind) {
    case Kind::kReport:
      return Put(DecodeReport(payload), answer);
    case Kind::kRecording:
      return Put(record::FromCbor(payload), answer);
    case Kind::kOffered:
      return Put(DecodeOffered(payload), answer);
    case Kind::kError:
      return Put(DecodeError(payload), answer);
    default:
      return Unexpected(frame.kind);
  }
}

template <typename Sum>
Result<std::optional<Sum>> ReceiveOne(int socket) {
  Result<std::optional<Sum>> value(std::in_place);
  TRY_ASSIGN(const std::optional<Frame> frame, ReceiveFrame(socket));
  if (frame) TRY(TakeFrom(*frame, *value));
  return value;
}

}  // namespace

Status SendTask(int socket, const Task& task) {
  if (const auto* request = std::get_if<build::Request>(&task))
    return SendFrame(socket, Kind::kBuild, Encode(*request));
  if (const auto* offer = std::get_if<Offer>(&task))
    return SendFrame(socket, Kind::kOffer, Encode(*offer));
  return SendFrame(socket, Kind::kRun, Encode(std::get<Plan>(task)));
}

Result<std::optional<Task>> ReceiveTask(int socket) { return ReceiveOne<Task>(socket); }

Status SendAnswer(int socket, const Answer& answer) {
  if (const auto* report = std::get_if<build::Report>(&answer))
    return SendFrame(socket, Kind::kReport, Encode(*report));
  if (const auto* recording = std::get_if<record::Recording>(&answer))
    return SendFrame(socket, Kind::kRecording, record::ToCbor(*recording));
  if (const auto* offered = std::get_if<Offered>(&answer))
    return SendFrame(socket, Kind::kOffered, Encode(*offered));
  return SendFrame(socket, Kind::kError, Encode(std::get<Error>(answer)));
}

Result<std::optional<Answer>> ReceiveAnswer(int socket) { return ReceiveOne<Answer>(socket); }

record::Recording AsRecording(Answer answer, record::Header header) {
  if (auto* recording = std::get_if<record::Recording>(&answer)) return std::move(*recording);
  record::Recording failed;
  failed.header = std::move(header);
  failed.outcome = record::Outcome::kError;
  const auto* error = std::get_if<Error>(&answer);
  failed.error = error ? *error : Error{"a supervisor answered a run with something else"};
  return failed;
}

}  // namespace plumbline::scenario

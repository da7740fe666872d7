// SPDX-License-Identifier: MIT
#include "scenario/protocol.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/io.h"
#include "scenario/plan_codec.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

namespace plumbline::scenario {
namespace {

static_assert(std::endian::native == std::endian::little, "frames are little-endian");

constexpr std::array<char, 4> kMagic{'P', 'L', 'M', 'B'};
constexpr uint16_t kVersion = 1;
// A recording holds at most the output limit of each stream and of the files, and its events.
constexpr Bytes kMostPayload = MiB(512);
constexpr int kSeals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
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

// A file in memory that nobody can change any more, memfd_create(2).
Result<UniqueFd> Seal(std::string_view payload) {
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  UniqueFd memory(::memfd_create("plumbline", kFlags | MFD_NOEXEC_SEAL));
  // Linux before 6.3 does not know the flag.
  if (!memory) memory.Reset(::memfd_create("plumbline", kFlags));
  if (!memory) return ErrnoError("memfd_create");
  TRY(WriteAll(memory.get(), payload));
  if (::fcntl(memory.get(), F_ADD_SEALS, kSeals | F_SEAL_SEAL) < 0)
    return ErrnoError("F_ADD_SEALS");
  return memory;
}

Status SendFrame(int socket, Kind kind, std::string_view payload) {
  if (payload.size() > kMostPayload.count)
    return Fail("a value of " + ToString(Bytes{payload.size()}) + " is larger than a frame may be");
  TRY_ASSIGN(const UniqueFd memory, Seal(payload));
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

// The bytes of a frame, mapped: sealed against shrinking, so reading them cannot fault.
class Payload {
 public:
  static Result<Payload> Map(const Frame& frame) {
    const int seals = ::fcntl(frame.memory.get(), F_GET_SEALS);
    if (seals < 0 || (seals & kSeals) != kSeals)
      return Fail("a frame's memory is not sealed", kHint);
    struct stat status{};
    if (::fstat(frame.memory.get(), &status) < 0) return ErrnoError("fstat");
    const auto size = static_cast<uint64_t>(status.st_size);
    if (size != frame.size) return Fail("a frame's memory has another size than it says", kHint);
    if (size > kMostPayload.count) return Fail("a frame is larger than " + ToString(kMostPayload));
    Payload payload;
    if (size == 0) return payload;
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, frame.memory.get(), 0);
    if (start == MAP_FAILED) return ErrnoError("map a frame");
    payload.bytes_ = {static_cast<const char*>(start), size};
    return payload;
  }
  Payload(Payload&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Payload& operator=(Payload&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Payload() {
    if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }
  std::string_view bytes() const { return bytes_; }

 private:
  Payload() = default;
  std::string_view bytes_;
};

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
  TRY_ASSIGN(const Payload payload, Payload::Map(frame));
  switch (frame.kind) {
    case Kind::kBuild:
      return Put(DecodeRequest(payload.bytes()), task);
    case Kind::kRun:
      return Put(DecodePlan(payload.bytes()), task);
    case Kind::kOffer:
      return Put(DecodeOffer(payload.bytes()), task);
    default:
      return Unexpected(frame.kind);
  }
}

Status TakeFrom(const Frame& frame, std::optional<Answer>& answer) {
  TRY_ASSIGN(const Payload payload, Payload::Map(frame));
  switch (frame.kind) {
    case Kind::kReport:
      return Put(DecodeReport(payload.bytes()), answer);
    case Kind::kRecording:
      return Put(record::FromCbor(payload.bytes()), answer);
    case Kind::kOffered:
      return Put(DecodeOffered(payload.bytes()), answer);
    case Kind::kError:
      return Put(DecodeError(payload.bytes()), answer);
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

// SPDX-License-Identifier: MIT
#include "build/archive.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <utility>

#include "build/archive_process.h"
#include "build/collecting.h"
#include "sandbox/wire.h"

namespace plumbline::build {
namespace {

// Its processor time is bounded; this is for one that does nothing at all.
constexpr std::chrono::seconds kPatience(60);
constexpr const char* kPackAgain = "pack the source files alone, and try again";

struct Said {
  ArchiveSays what = ArchiveSays::kDamaged;
  bool executable = false;
  std::string text;
};

// The process, as long as it is asked.
class Reading {
 public:
  static Result<Reading> Start(UniqueFd archive) {
    TRY_ASSIGN(sandbox::SocketPair pair, sandbox::MakeSocketPair());
    int pidfd = -1;
    const long pid = ::syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, nullptr);
    if (pid == 0) RunArchiveReader(std::move(pair.theirs), std::move(archive));
    if (pid < 0) return ErrnoError("clone");
    return Reading(UniqueFd(pidfd), std::move(pair.ours));
  }
  Reading(Reading&&) = default;
  Reading& operator=(Reading&&) = delete;
  ~Reading() {
    if (!pidfd_) return;
    ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
    siginfo_t ignored{};
    while (::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &ignored, WEXITED) < 0 &&
           errno == EINTR) {
    }
  }

  // Nothing: it died, or is silent.
  std::optional<Said> Next() const {
    pollfd source{socket_.get(), POLLIN, 0};
    int ready = -1;
    do {
      ready = ::poll(&source, 1,
                     std::chrono::duration_cast<std::chrono::milliseconds>(kPatience).count());
    } while (ready < 0 && errno == EINTR);
    if (ready <= 0) return std::nullopt;
    std::string message(kMostPiece + 256, '\0');
    const ssize_t size = ::recv(socket_.get(), message.data(), message.size(), MSG_TRUNC);
    if (size <= 0 || static_cast<size_t>(size) > message.size()) return std::nullopt;
    sandbox::Unpacker from(std::string_view(message).substr(0, static_cast<size_t>(size)));
    Said said;
    said.what = static_cast<ArchiveSays>(from.Int());
    said.executable = from.Number() == 1;
    said.text = from.Text();
    return from.ok() ? std::optional(std::move(said)) : std::nullopt;
  }

 private:
  Reading(UniqueFd pidfd, UniqueFd socket) : pidfd_(std::move(pidfd)), socket_(std::move(socket)) {}
  UniqueFd pidfd_;
  UniqueFd socket_;
};

std::vector<std::string> PartsOf(const std::string& name) {
  std::vector<std::string> parts;
  size_t from = 0;
  while (from <= name.size()) {
    const size_t slash = std::min(name.find('/', from), name.size());
    const std::string part = name.substr(from, slash - from);
    if (!part.empty() && part != ".") parts.push_back(part);
    from = slash + 1;
  }
  return parts;
}

class ArchiveReader {
 public:
  explicit ArchiveReader(std::filesystem::path path) : path_(std::move(path)) {}

  Result<Submission> Read(const Reading& reading) {
    while (true) {
      const auto said = reading.Next();
      if (!said) return Refused(path_, "it takes too much to unpack", kPackAgain);
      if (said->what == ArchiveSays::kEnd) return Collected();
      TRY(Take(*said));
    }
  }

 private:
  std::string Shown(const std::string& name) const { return path_.string() + "/" + name; }

  Status Take(const Said& said) {
    const std::string shown = Shown(said.text);
    switch (said.what) {
      case ArchiveSays::kFile:
        return BeginFile(said);
      case ArchiveSays::kContent:
        return AddContent(said.text);
      case ArchiveSays::kFolder:
        return CountEntry();
      case ArchiveSays::kLink:
        return Refused(shown, "a link", "put the file itself in its place");
      case ArchiveSays::kOther:
        return Refused(shown, "a device, a named pipe or a socket, not a file", kPackAgain);
      case ArchiveSays::kLocked:
        return Refused(shown, "it is behind a password", "pack it without one");
      default:
        return Refused(path_, "the archive cannot be read: " + said.text, kPackAgain);
    }
  }

  Status CountEntry() {
    if (++entries_ <= kMostEntries) return {};
    return Refused(path_, "more than " + std::to_string(kMostEntries) + " files", kWhichFolder);
  }

  Status BeginFile(const Said& said) {
    TRY(CountEntry());
    const std::string shown = Shown(said.text);
    const std::vector<std::string> parts = PartsOf(said.text);
    const bool leads_out =
        said.text.starts_with('/') || std::ranges::find(parts, "..") != parts.end();
    if (leads_out || parts.empty())
      return Refused(shown, "a name that leads out of the archive", kPackAgain);
    if (parts.size() > static_cast<size_t>(kDeepest) + 1)
      return Refused(shown, "too many folders inside one another", kWhichFolder);
    std::string inside;
    for (const std::string& part : parts) inside += (inside.empty() ? "" : "/") + part;
    TRY(Collecting::CheckName(shown, inside));
    current_ = nullptr;
    // What packs on a Mac adds.
    if (parts.front() == "__MACOSX" || std::ranges::any_of(parts, IsLeftOut)) return {};
    const auto [place, is_new] = files_.emplace(inside, SourceFile{inside, "", said.executable});
    if (!is_new) return Refused(shown, "the archive has two files of that name", kPackAgain);
    current_ = &place->second;
    return {};
  }

  Status AddContent(const std::string& bytes) {
    if (current_ == nullptr) return {};
    const std::string shown = Shown(current_->path);
    size_ += bytes.size();
    if (current_->content.size() + bytes.size() > kMostInFile.count && !IsProgram())
      return Refused(shown, "larger than " + ToString(kMostInFile),
                     "a source file is smaller: is it one?");
    // Of all together, what is left out too: a bomb is one wherever it goes off.
    constexpr Bytes kMostUnpacked = MiB(64);
    if (size_ > kMostUnpacked.count)
      return Refused(path_, "it unpacks to more than " + ToString(kMostUnpacked), kPackAgain);
    if (!IsProgram() || current_->content.size() < bytes.size()) current_->content += bytes;
    return {};
  }

  // elf(5): it will be left out.
  bool IsProgram() const { return current_->content.starts_with("\177ELF"); }

  // A folder that holds all of it.
  std::string CommonFolder() const {
    if (files_.empty()) return {};
    const std::string& first = files_.begin()->first;
    const std::string folder = first.substr(0, first.find('/') + 1);
    const bool holds_all = !folder.empty() && std::ranges::all_of(files_, [&](const auto& file) {
      return file.first.starts_with(folder);
    });
    return holds_all ? folder : std::string();
  }

  Result<Submission> Collected() {
    Collecting collecting;
    for (std::string folder = CommonFolder(); !folder.empty(); folder = CommonFolder()) {
      std::map<std::string, SourceFile> inner;
      for (auto& [name, file] : files_) {
        file.path = name.substr(folder.size());
        inner.emplace(file.path, std::move(file));
      }
      files_ = std::move(inner);
    }
    for (auto& [name, file] : files_) TRY(collecting.Take(Shown(name), std::move(file)));
    return std::move(collecting).Finish();
  }

  std::filesystem::path path_;
  std::map<std::string, SourceFile> files_;
  SourceFile* current_ = nullptr;
  size_t entries_ = 0;
  uint64_t size_ = 0;
};

}  // namespace

Result<Submission> ReadArchive(const std::filesystem::path& path) {
  UniqueFd archive(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!archive) return ErrnoError(path.string());
  TRY_ASSIGN(const Reading reading, Reading::Start(std::move(archive)));
  return ArchiveReader(path).Read(reading);
}

}  // namespace plumbline::build

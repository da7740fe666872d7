// SPDX-License-Identifier: MIT
#include "build/archive_process.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include "sandbox/confined.h"
#include "sandbox/wire.h"

namespace plumbline::build {
namespace {

// Enough for the window of any compression that an archive of sources is made with.
constexpr Bytes kMemory = MiB(512);
constexpr size_t kBlock = 64 << 10;
constexpr size_t kMostName = 4096;

class Teller {
 public:
  explicit Teller(int socket) : socket_(socket) {}

  void Tell(ArchiveSays what, std::string_view text, bool executable = false,
            int64_t changed = 0) const {
    const std::string message = sandbox::Packer()
                                    .Signed(static_cast<int>(what))
                                    .Number(executable ? 1 : 0)
                                    .Signed(changed)
                                    .Text(text)
                                    .bytes();
    if (::send(socket_, message.data(), message.size(), MSG_NOSIGNAL) < 0) ::_exit(1);
  }

 private:
  int socket_;
};

std::string NameOf(archive_entry* entry) {
  const char* name = ::archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = ::archive_entry_pathname(entry);
  return name == nullptr ? std::string() : std::string(name).substr(0, kMostName);
}

ArchiveSays KindOf(archive_entry* entry) {
  if (::archive_entry_hardlink(entry) != nullptr) return ArchiveSays::kLink;
  switch (::archive_entry_filetype(entry)) {
    case AE_IFREG:
      return ArchiveSays::kFile;
    case AE_IFDIR:
      return ArchiveSays::kFolder;
    case AE_IFLNK:
      return ArchiveSays::kLink;
    default:
      return ArchiveSays::kOther;
  }
}

// Whether so much of it was told as there is, or `most`; what is skipped of a zip is not unpacked.
bool TellContent(archive* reader, const Teller& teller, Bytes most) {
  std::string piece(kMostPiece, '\0');
  uint64_t told = 0;
  while (true) {
    if (told >= most.count) return ::archive_read_data_skip(reader) >= ARCHIVE_WARN;
    const la_ssize_t size = ::archive_read_data(reader, piece.data(), piece.size());
    if (size < 0) return false;
    if (size == 0) return true;
    teller.Tell(ArchiveSays::kContent,
                std::string_view(piece).substr(0, static_cast<size_t>(size)));
    told += static_cast<uint64_t>(size);
  }
}

void TellAll(archive* reader, const Teller& teller, Bytes most_of_file) {
  archive_entry* entry = nullptr;
  while (true) {
    const int code = ::archive_read_next_header(reader, &entry);
    if (code == ARCHIVE_EOF) return teller.Tell(ArchiveSays::kEnd, "");
    if (code < ARCHIVE_WARN) break;
    const std::string name = NameOf(entry);
    if (::archive_entry_is_data_encrypted(entry) != 0)
      return teller.Tell(ArchiveSays::kLocked, name);
    const ArchiveSays kind = KindOf(entry);
    teller.Tell(kind, name, (::archive_entry_perm(entry) & S_IXUSR) != 0,
                ::archive_entry_mtime(entry));
    if (kind == ArchiveSays::kFile && !TellContent(reader, teller, most_of_file)) break;
  }
  const char* why = ::archive_error_string(reader);
  teller.Tell(ArchiveSays::kDamaged, why == nullptr ? "it cannot be read" : why);
}

}  // namespace

void RunArchiveReader(UniqueFd socket, UniqueFd content, const ArchiveBounds& bounds) {
  // Names are in UTF-8, and are never converted by a table that would have to be read.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  // A zip has local times; the zone's file cannot be read later.
  ::tzset();
  archive* const reader = ::archive_read_new();
  ::archive_read_support_filter_gzip(reader);
  ::archive_read_support_filter_bzip2(reader);
  ::archive_read_support_filter_xz(reader);
  ::archive_read_support_filter_zstd(reader);
  ::archive_read_support_format_zip(reader);
  ::archive_read_support_format_tar(reader);
  ::archive_read_support_format_7zip(reader);
  if (!sandbox::Confine(
          {.name = "archive", .memory = kMemory, .processor_seconds = bounds.processor_seconds},
          {&socket, &content}))
    ::_exit(1);
  const Teller teller(socket.get());
  if (::archive_read_open_fd(reader, content.get(), kBlock) != ARCHIVE_OK) {
    const char* why = ::archive_error_string(reader);
    teller.Tell(ArchiveSays::kDamaged, why == nullptr ? "it is no archive" : why);
    ::_exit(0);
  }
  TellAll(reader, teller, bounds.most_of_file);
  ::_exit(0);
}

}  // namespace plumbline::build

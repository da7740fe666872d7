// SPDX-License-Identifier: MIT
#include "trace/where/known_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "base/units.h"
#include "sandbox/wire.h"

namespace plumbline::trace::where {
namespace {

constexpr Bytes kMostContent = MiB(64);
constexpr size_t kMostFiles = 8;
// Of one file; a program that makes its calls from more places is told of the first.
constexpr size_t kMostRows = 4096;

// As long as it is now; a program may write to it meanwhile.
std::optional<std::string> ContentOf(int fd) {
  struct stat info{};
  if (::fstat(fd, &info) != 0 || static_cast<uint64_t>(info.st_size) > kMostContent.count)
    return std::nullopt;
  std::string content(static_cast<size_t>(info.st_size), '\0');
  for (size_t done = 0; done < content.size();) {
    const ssize_t count =
        ::pread(fd, content.data() + done, content.size() - done, static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    done += static_cast<size_t>(count);
  }
  return content;
}

}  // namespace

// It reads a sealed copy: the file itself could become shorter while it is mapped, and would keep
// the sandbox's file system.
Reader* KnownFile::reader() {
  if (std::exchange(has_started_, true)) return reader_.get();
  const auto copy = sandbox::MemoryFile(content_);
  if (copy) reader_ = Reader::Start(copy->get());
  return reader_.get();
}

const Outline* KnownFile::outline() {
  if (!outline_) outline_ = reader() == nullptr ? std::nullopt : reader()->ReadOutline();
  return *outline_ ? &**outline_ : nullptr;
}

const Watched& KnownFile::watched() {
  if (!watched_)
    watched_ = reader() == nullptr ? Watched{} : reader()->FindWatched().value_or(Watched{});
  return *watched_;
}

const Row* KnownFile::RowAt(uint64_t address) {
  const auto next = rows_.upper_bound(address);
  if (next != rows_.begin() && address < std::prev(next)->second.end)
    return &std::prev(next)->second.row;
  if (without_row_.contains(address) || rows_.size() + without_row_.size() >= kMostRows)
    return nullptr;
  const auto range = reader() == nullptr ? std::nullopt : reader()->RowAt(address);
  if (!range || address < range->begin || address >= range->end) {
    without_row_.insert(address);
    return nullptr;
  }
  return &rows_.insert_or_assign(range->begin, *range).first->second.row;
}

void KnownFile::LookUp(const std::set<Place>& places) {
  std::vector<Place> unknown;
  std::ranges::copy_if(places, std::back_inserter(unknown),
                       [&](const Place& place) { return !locations_.contains(place); });
  if (unknown.empty() || outline() == nullptr || !outline()->has_lines || reader() == nullptr)
    return;
  auto found = reader()->LocationsAt(unknown);
  for (size_t i = 0; i < unknown.size(); ++i) locations_[unknown[i]] = std::move(found[i]);
}

const record::Location* KnownFile::LocationAt(const Place& place) const {
  const auto known = locations_.find(place);
  return known != locations_.end() && known->second ? &*known->second : nullptr;
}

std::shared_ptr<KnownFile> KnownFiles::Find(int fd) {
  auto content = ContentOf(fd);
  if (!content) return nullptr;
  const auto known =
      std::ranges::find_if(files_, [&](const auto& file) { return file->content() == *content; });
  std::shared_ptr<KnownFile> file;
  if (known != files_.end()) {
    file = std::move(*known);
    files_.erase(known);
  } else {
    file = std::make_shared<KnownFile>(*std::move(content));
  }
  files_.push_front(file);
  if (files_.size() > kMostFiles) files_.pop_back();
  return file;
}

}  // namespace plumbline::trace::where

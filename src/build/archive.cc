// SPDX-License-Identifier: MIT
#include "build/archive.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "build/archive_reading.h"
#include "build/collecting.h"

namespace plumbline::build {
namespace {

constexpr ArchiveBounds kForOneStudent{.processor_seconds = 10, .most_of_file = MiB(128)};
constexpr const char* kPackAgain = "pack the source files alone, and try again";

class ArchiveReader {
 public:
  explicit ArchiveReader(std::filesystem::path path) : path_(std::move(path)) {}

  Result<Submission> Read(const ArchiveReading& reading) {
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
    const auto within = PartsWithin(said.text);
    if (!within || within->empty())
      return Refused(shown, "a name that leads out of the archive", kPackAgain);
    const std::vector<std::string>& parts = *within;
    if (parts.size() > static_cast<size_t>(kDeepest) + 1)
      return Refused(shown, "too many folders inside one another", kWhichFolder);
    std::string inside;
    for (const std::string& part : parts) inside += (inside.empty() ? "" : "/") + part;
    TRY(Collecting::CheckName(shown, inside));
    current_ = nullptr;
    if (parts.front() == kMacFolder || std::ranges::any_of(parts, IsLeftOut)) return {};
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
  TRY_ASSIGN(const ArchiveReading reading, ArchiveReading::Start(path, kForOneStudent));
  return ArchiveReader(path).Read(reading);
}

}  // namespace plumbline::build

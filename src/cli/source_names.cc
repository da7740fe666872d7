// SPDX-License-Identifier: MIT
#include "cli/source_names.h"

#include <string>

namespace plumbline::cli {
namespace {

class Names {
 public:
  explicit Names(const std::filesystem::path& folder)
      : folder_((folder.lexically_normal() / "").native()) {}

  void Shorten(record::Location& location) const {
    if (location.file.starts_with(folder_)) location.file.erase(0, folder_.size());
  }
  void Shorten(std::optional<record::Location>& location) const {
    if (location) Shorten(*location);
  }
  void Shorten(record::Snapshot& snapshot) const {
    for (record::ProcessStateAt& state : snapshot.processes) {
      for (record::Thread& thread : state.threads) {
        if (thread.blocked) Shorten(thread.blocked->where);
      }
    }
  }

 private:
  std::string folder_;  // with a slash at its end
};

}  // namespace

void NameSourcesFrom(const std::filesystem::path& folder, record::Recording& recording) {
  const Names names(folder);
  for (record::Event& event : recording.events) {
    names.Shorten(event.where);
    auto* const exited = std::get_if<record::Exited>(&event.what);
    if (exited == nullptr) continue;
    for (record::Location& location : exited->stack) names.Shorten(location);
  }
  for (auto& [name, snapshot] : recording.snapshots) names.Shorten(snapshot);
}

}  // namespace plumbline::cli

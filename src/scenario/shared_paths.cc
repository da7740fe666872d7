// SPDX-License-Identifier: MIT
#include "scenario/shared_paths.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/sandbox.h"

namespace plumbline::scenario {
namespace {

// Where in the bytes the folder's name stands.
std::vector<size_t> Places(const std::string& bytes, const std::string& base) {
  std::vector<size_t> places;
  for (size_t at = bytes.find(base); at != std::string::npos; at = bytes.find(base, at + 1))
    places.push_back(at);
  return places;
}

// A stream that became shorter had come less far at each event, too.
void Shorten(record::Recording& recording, const std::string& name, const std::string& base) {
  std::string& bytes = recording.streams[name].bytes;
  const std::vector<size_t> places = Places(bytes, base);
  if (places.empty()) return;
  bytes = sandbox::WithoutBase(std::move(bytes), base);
  for (record::Event& event : recording.events) {
    auto* const grew = std::get_if<record::StreamGrew>(&event.what);
    if (grew == nullptr || grew->stream != name) continue;
    const auto gone =
        std::ranges::count_if(places, [&](size_t at) { return at + base.size() <= grew->size; });
    grew->size -= static_cast<uint64_t>(gone) * base.size();
  }
}

// What was below /program or /lab is the student's own.
void NameSources(std::optional<record::Location>& where) {
  if (!where) return;
  for (const std::string_view folder : {"/program/", "/lab/"}) {
    if (where->file.starts_with(folder)) where->file.erase(0, folder.size());
  }
}

void NameSources(record::Recording& recording) {
  for (record::Event& event : recording.events) NameSources(event.where);
  for (auto& [name, snapshot] : recording.snapshots) {
    for (record::ProcessStateAt& state : snapshot.processes) {
      for (record::Thread& thread : state.threads) {
        if (thread.blocked) NameSources(thread.blocked->where);
      }
    }
  }
}

}  // namespace

Status TellAsRoot(record::Recording& recording, const std::string& base) {
  if (base.empty()) return {};
  for (const auto& [name, stream] : recording.streams) Shorten(recording, name, base);
  // The document has every text that there is; the folder's name needs no escapes in it.
  TRY_ASSIGN(recording, record::FromJson(sandbox::WithoutBase(record::ToJson(recording), base)));
  NameSources(recording);
  return {};
}

}  // namespace plumbline::scenario

// SPDX-License-Identifier: MIT
#include "trace/where/image.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <set>
#include <string_view>
#include <utility>

#include "base/file_name.h"
#include "trace/proc.h"

namespace plumbline::trace::where {
namespace {

// Of the machine and not of the program: what is there has no lines, and its frames are passed.
bool IsOfSystem(std::string_view path) {
  for (const std::string_view folder : {"/usr/", "/lib/", "/lib64/", "/bin/", "/sbin/"}) {
    if (path.starts_with(folder)) return true;
  }
  return false;
}

constexpr int kMostReadings = 16;

Image::Kind KindOf(std::string_view executable) {
  if (!IsOfSystem(executable)) return Image::Kind::kNative;
  const std::string_view name = FileName(executable);
  if (name == "python3.11") return Image::Kind::kPython;
  return name == "bash" ? Image::Kind::kBash : Image::Kind::kSystem;
}

}  // namespace

Image::Image(std::string executable)
    : executable_(std::move(executable)), kind_(KindOf(executable_)) {}

Module* Library::Load(HostPid task, const std::string& path, bool executable) {
  // A program may have put anything there meanwhile, also what would wait for somebody.
  constexpr int kFlags = O_RDONLY | O_NONBLOCK | O_NOCTTY;
  UniqueFd file = executable ? OpenExecutable(task, kFlags) : OpenInside(task, path, kFlags);
  struct stat info{};
  if (!file || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) return nullptr;
  const Key key{info.st_dev, info.st_ino, info.st_size, info.st_ctim.tv_nsec};
  const auto [entry, fresh] = modules_.try_emplace(key);
  if (!fresh) return entry->second.get();
  KnownFiles& known = known_ == nullptr ? own_ : *known_;
  entry->second = IsOfSystem(path) ? Module::OpenSystems(std::move(file))
                                   : Module::OpenStudents(known.Find(file.get()));
  return entry->second.get();
}

void Image::ReadParts(HostPid task) {
  std::vector<Part> parts;
  for (Mapping& mapping : CodeOf(task)) parts.push_back({.mapping = std::move(mapping)});
  if (!parts.empty()) parts_ = std::move(parts);
  ++readings_;
}

Image::Part* Image::Find(uint64_t address) {
  for (Part& part : parts_) {
    if (address >= part.mapping.begin && address < part.mapping.end) return &part;
  }
  return nullptr;
}

std::optional<Spot> Image::SpotAt(HostPid task, Library& library, uint64_t address) {
  Part* part = Find(address);
  // Libraries may be loaded at any time.
  if (part == nullptr && readings_ < kMostReadings) {
    ReadParts(task);
    part = Find(address);
  }
  if (part == nullptr) return std::nullopt;
  if (!std::exchange(part->tried, true)) {
    const std::string& path = part->mapping.path;
    part->module = library.Load(task, path, path == executable_);
  }
  if (part->module == nullptr) return std::nullopt;
  const uint64_t offset = part->mapping.offset + (address - part->mapping.begin);
  const auto inside = part->module->AddressAt(offset);
  if (!inside) return std::nullopt;
  return Spot{part->module, *inside};
}

// Any code of a file tells how far it was moved.
uint64_t Image::SymbolAt(HostPid task, Library& library, const char* name) {
  for (Part& part : parts_) {
    if (part.mapping.path != executable_) continue;
    const auto spot = SpotAt(task, library, part.mapping.begin);
    const uint64_t symbol = spot ? spot->module->SymbolAt(name) : 0;
    return symbol == 0 ? 0 : symbol + (part.mapping.begin - spot->address);
  }
  return 0;
}

Python& Image::python(HostPid task, Library& library) {
  if (!python_) {
    ReadParts(task);
    python_.emplace(PythonSymbols{.runtime = SymbolAt(task, library, "_PyRuntime"),
                                  .version = SymbolAt(task, library, "Py_Version")});
  }
  return *python_;
}

const BashSymbols& Image::bash(HostPid task, Library& library) {
  if (!bash_) {
    ReadParts(task);
    const auto at = [&](const char* name) { return SymbolAt(task, library, name); };
    bash_ = {.line = at("line_number"),
             .executing = at("executing"),
             .builtin = at("executing_builtin"),
             .in_text = at("parse_and_execute_level"),
             .in_function = at("variable_context"),
             .function = at("this_shell_function"),
             .definitions = at("shell_function_defs"),
             .script = at("shell_script_filename")};
  }
  return *bash_;
}

void Image::AddWatched(HostPid task, Library& library,
                       const std::function<bool(std::string_view)>& meant) {
  std::set<std::string_view> done;
  for (const Part& part : parts_) {
    if (!meant(part.mapping.path) || !done.insert(part.mapping.path).second) continue;
    const auto spot = SpotAt(task, library, part.mapping.begin);
    if (!spot) continue;
    const uint64_t moved = part.mapping.begin - spot->address;
    const Watched watched = spot->module->FindWatched();
    for (const auto& function : watched.unsafe)
      watch_->unsafe.emplace(moved + function.address, function.index);
    if (watched.errno_location != 0) watch_->errno_location = moved + watched.errno_location;
  }
}

const Watch& Image::watch(HostPid task, Library& library) {
  if (watch_) return *watch_;
  watch_.emplace();
  ReadParts(task);
  AddWatched(task, library, [](std::string_view path) {
    const std::string_view name = FileName(path);
    return IsOfSystem(path) && (name.starts_with("libc.so") || name.starts_with("libstdc++.so"));
  });
  if (watch_->unsafe.empty())
    AddWatched(task, library, [this](std::string_view path) { return path == executable_; });
  return *watch_;
}

}  // namespace plumbline::trace::where

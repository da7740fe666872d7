// SPDX-License-Identifier: MIT
#include "trace/where/lines.h"

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>

#include "trace/where/tail_calls.h"

namespace plumbline::trace::where {
namespace {

namespace fs = std::filesystem;

// Where programs are in the sandbox, and where make builds them.
constexpr std::string_view kOurFolders[] = {"/program", "/lab"};
constexpr std::string_view kSystemFolders[] = {"/usr/", "/lib/", "/lib64/", "/opt/", "/build/"};

struct Scopes {
  Dwarf_Die* first = nullptr;
  int count = 0;
  Scopes() = default;
  Scopes(const Scopes&) = delete;
  Scopes& operator=(const Scopes&) = delete;
  ~Scopes() { std::free(first); }
};

std::string FolderOf(Dwarf_Die* unit) {
  Dwarf_Attribute attribute;
  const char* folder = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
  return folder == nullptr ? std::string() : folder;
}

std::optional<Dwarf_Word> Number(Dwarf_Die* entry, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  if (dwarf_formudata(dwarf_attr(entry, name, &attribute), &value) != 0) return std::nullopt;
  return value;
}

// A place before it is known whose it is.
struct Written {
  std::string path;
  int line = 0;
};

Written LineAt(Dwarf_Die* unit, uint64_t address) {
  Written written;
  Dwarf_Line* const line = dwarf_getsrc_die(unit, address);
  const char* const path = line == nullptr ? nullptr : dwarf_linesrc(line, nullptr, nullptr);
  if (path == nullptr || dwarf_lineno(line, &written.line) != 0) return {};
  written.path = path;
  return written;
}

// The line that calls what was put in its place.
Written CallerOf(Dwarf_Die* unit, Dwarf_Die* inlined) {
  const auto file = Number(inlined, DW_AT_call_file);
  const auto line = Number(inlined, DW_AT_call_line);
  Dwarf_Files* files = nullptr;
  size_t count = 0;
  if (!file || !line || dwarf_getsrcfiles(unit, &files, &count) != 0 || *file >= count) return {};
  const char* const path = dwarf_filesrc(files, *file, nullptr, nullptr);
  return path == nullptr ? Written{} : Written{path, static_cast<int>(*line)};
}

bool IsFunction(Dwarf_Die* scope) {
  const int tag = dwarf_tag(scope);
  return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
}

bool IsInlined(Dwarf_Die& scope) { return dwarf_tag(&scope) == DW_TAG_inlined_subroutine; }

// The scopes around an address as the code is laid out, the innermost first. For code that was put
// in another's place libdw tells where it was written; its parents are looked for once more then.
void FindScopes(Dwarf_Die* unit, uint64_t address, Scopes& found) {
  found.count = dwarf_getscopes(unit, address, &found.first);
  if (found.count <= 0 || std::none_of(found.first, found.first + found.count, IsInlined)) return;
  Scopes laid_out;
  laid_out.count = dwarf_getscopes_die(found.first, &laid_out.first);
  std::swap(found.first, laid_out.first);
  std::swap(found.count, laid_out.count);
}

}  // namespace

std::unique_ptr<Lines> Lines::Open(int fd) {
  Dwarf* const dwarf = dwarf_begin(fd, DWARF_C_READ);
  return dwarf == nullptr ? nullptr : std::unique_ptr<Lines>(new Lines(dwarf));
}

Lines::~Lines() { dwarf_end(dwarf_); }

std::optional<record::Location> Lines::At(uint64_t address) const {
  Dwarf_Die unit;
  if (dwarf_addrdie(dwarf_, address, &unit) == nullptr) return std::nullopt;
  const std::string folder = FolderOf(&unit);
  Written written = LineAt(&unit, address);
  Scopes scopes;
  FindScopes(&unit, address, scopes);
  for (int i = 0; i < scopes.count; ++i) {
    Dwarf_Die* const scope = &scopes.first[i];
    if (!IsFunction(scope)) continue;
    const auto name = written.line > 0 ? SourceName(written.path, folder) : std::nullopt;
    if (name) {
      const char* const function = dwarf_diename(scope);
      return record::Location{*name, written.line, function == nullptr ? "" : function};
    }
    if (dwarf_tag(scope) != DW_TAG_inlined_subroutine) break;
    written = CallerOf(&unit, scope);
  }
  return std::nullopt;
}

std::optional<record::Location> Lines::AtInnermost(uint64_t address) const {
  Dwarf_Die unit;
  if (dwarf_addrdie(dwarf_, address, &unit) == nullptr) return std::nullopt;
  const auto last = LastCallOf(unit, address);
  auto location = last ? At(*last) : std::nullopt;
  return location ? location : At(address);
}

namespace {

// Nothing: it is not below the folder.
std::optional<fs::path> Below(const fs::path& folder, const fs::path& name) {
  if (!folder.is_absolute() || !name.is_absolute()) return std::nullopt;
  fs::path relative = name.lexically_relative(folder);
  if (relative.empty() || relative.native().starts_with("..")) return std::nullopt;
  return relative;
}

}  // namespace

std::optional<std::string> SourceName(const std::string& path, const std::string& folder) {
  const fs::path base = fs::path(folder).lexically_normal();
  // A path is relative to the folder, which may be one itself: then it is what was handed in.
  const bool joins = base.is_absolute() && !path.empty();
  const fs::path name = (joins ? base / path : fs::path(path)).lexically_normal();
  const std::string& text = name.native();
  if (text.empty() || text.starts_with("..")) return std::nullopt;
  for (const std::string_view system : kSystemFolders) {
    if (text.starts_with(system)) return std::nullopt;
  }
  for (const std::string_view ours : kOurFolders) {
    if (const auto relative = Below(ours, name)) return relative->native();
  }
  return Below(base, name).value_or(name).native();
}

}  // namespace plumbline::trace::where

// SPDX-License-Identifier: MIT
#include "record/recording.h"

#include <algorithm>
#include <array>

namespace plumbline::record {
namespace {

template <typename Enum>
struct Word {
  Enum value;
  std::string_view name;
};

constexpr std::array kFacets{
    Word{Facet::kTransfers, "transfers"},
    Word{Facet::kDescriptors, "descriptors"},
    Word{Facet::kSignals, "signals"},
    Word{Facet::kMemory, "memory"},
    Word{Facet::kMemoryContent, "memory-content"},
    Word{Facet::kSockets, "sockets"},
    Word{Facet::kFiles, "files"},
    Word{Facet::kFileContent, "file-content"},
    Word{Facet::kIpc, "ipc"},
    Word{Facet::kLoader, "loader"},
    Word{Facet::kUsage, "usage"},
    Word{Facet::kHandlers, "handlers"},
};

constexpr std::array kOutcomes{
    Word{Outcome::kExited, "exited"},
    Word{Outcome::kSignalled, "signalled"},
    Word{Outcome::kDeadlocked, "deadlocked"},
    Word{Outcome::kProcessorLimit, "processor-limit"},
    Word{Outcome::kVirtualLimit, "virtual-limit"},
    Word{Outcome::kMemoryLimit, "memory-limit"},
    Word{Outcome::kOutputLimit, "output-limit"},
    Word{Outcome::kStuck, "stuck"},
    Word{Outcome::kNotBuilt, "not-built"},
    Word{Outcome::kError, "error"},
};

template <typename Table, typename Enum>
std::string_view NameIn(const Table& table, Enum value) {
  const auto it = std::ranges::find(table, value, &Word<Enum>::value);
  return it == table.end() ? std::string_view("error") : it->name;
}

template <typename Enum, typename Table>
std::optional<Enum> ValueIn(const Table& table, std::string_view name) {
  const auto it = std::ranges::find(table, name, &Word<Enum>::name);
  if (it == table.end()) return std::nullopt;
  return it->value;
}

}  // namespace

std::string_view ToString(Facet facet) { return NameIn(kFacets, facet); }
std::optional<Facet> FacetNamed(std::string_view name) { return ValueIn<Facet>(kFacets, name); }
std::set<Facet> AllFacets() {
  std::set<Facet> all;
  for (const auto& [facet, name] : kFacets) all.insert(facet);
  return all;
}
std::string_view ToString(Outcome outcome) { return NameIn(kOutcomes, outcome); }
std::optional<Outcome> OutcomeNamed(std::string_view name) {
  return ValueIn<Outcome>(kOutcomes, name);
}

}  // namespace plumbline::record

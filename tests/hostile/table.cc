// SPDX-License-Identifier: MIT
#include "tests/hostile/table.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace plumbline::hostile {
namespace {

using nlohmann::json;

[[noreturn]] void Refuse(const std::string& path, const std::string& why) {
  std::cerr << path << ": " << why << '\n';
  std::exit(2);
}

template <typename Value>
void Take(json& row, const char* key, Value& value) {
  const auto found = row.find(key);
  if (found == row.end()) return;
  found->get_to(value);
  row.erase(found);
}

Attack FromRow(json row) {
  Attack attack;
  Take(row, "source", attack.source);
  Take(row, "what", attack.what);
  Take(row, "outcome", attack.outcome);
  Take(row, "status", attack.status);
  Take(row, "finds", attack.finds);
  Take(row, "may_find", attack.may_find);
  Take(row, "says", attack.says);
  Take(row, "refused", attack.refused);
  Take(row, "limits", attack.limits);
  Take(row, "scenario", attack.scenario);
  Take(row, "checks", attack.checks);
  Take(row, "adds", attack.adds);
  Take(row, "once", attack.once);
  Take(row, "not_on", attack.not_on);
  Take(row, "only_on", attack.only_on);
  Take(row, "harm_alone_on_c", attack.harm_alone_on_c);
  Take(row, "misses", attack.misses);
  if (!row.empty()) throw std::invalid_argument("unknown keys: " + row.dump());
  const size_t slash = attack.source.find('/');
  attack.category = attack.source.substr(0, slash);
  attack.name = attack.source.substr(slash + 1, attack.source.find('.') - slash - 1);
  return attack;
}

}  // namespace

bool Attack::IsFor(const std::string& rung) const {
  if (!only_on.empty() && only_on != rung) return false;
  for (const std::string& each : not_on) {
    if (each.starts_with(rung + ":")) return false;
  }
  return true;
}

std::vector<Attack> ReadTable(const std::string& path) {
  std::ifstream file(path);
  std::vector<Attack> attacks;
  try {
    for (const json& row : json::parse(file)) attacks.push_back(FromRow(row));
  } catch (const std::exception& error) {
    Refuse(path, error.what());
  }
  return attacks;
}

void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.what; }

}  // namespace plumbline::hostile

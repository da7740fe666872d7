// SPDX-License-Identifier: MIT
#include "graders/builtin.h"

#include <iterator>
#include <utility>
#include <vector>

#include "graders/external/checks.h"
#include "graders/fds/checks.h"
#include "graders/files/checks.h"
#include "graders/memory/checks.h"
#include "graders/output/checks.h"
#include "graders/pipes/checks.h"
#include "graders/processes/checks.h"
#include "graders/resources/checks.h"
#include "graders/signals/checks.h"
#include "graders/sockets/checks.h"

namespace plumbline::graders {
namespace {

std::vector<evaluate::CheckKind> AllKinds() {
  std::vector<evaluate::CheckKind> all;
  for (auto* kinds_of_topic :
       {fds::Kinds, processes::Kinds, signals::Kinds, pipes::Kinds, sockets::Kinds, memory::Kinds,
        files::Kinds, output::Kinds, resources::Kinds, external::Kinds}) {
    std::ranges::move(kinds_of_topic(), std::back_inserter(all));
  }
  return all;
}

std::vector<spec::KindTable> TablesOf(evaluate::Kinds kinds) {
  std::vector<spec::KindTable> tables;
  for (const evaluate::CheckKind& kind : kinds) tables.push_back(kind.table);
  return tables;
}

}  // namespace

evaluate::Kinds BuiltinKinds() {
  static const std::vector<evaluate::CheckKind> kinds = AllKinds();
  return kinds;
}

std::span<const spec::KindTable> KindTables() {
  static const std::vector<spec::KindTable> tables = TablesOf(BuiltinKinds());
  return tables;
}

}  // namespace plumbline::graders

// SPDX-License-Identifier: MIT
// The check kinds that this program has: an explicit list of topics. The loader, the schema and the
// manual take the tables, the evaluation the kinds.
#pragma once

#include <span>

#include "evaluate/check_kind.h"
#include "spec/kind_table.h"

namespace plumbline::graders {

// Both live as long as the program, in the order of the manual.
evaluate::Kinds BuiltinKinds();
std::span<const spec::KindTable> KindTables();

}  // namespace plumbline::graders

// SPDX-License-Identifier: MIT
// memory.changed: bytes of shared memory differ between two snapshots.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::memory {

evaluate::CheckKind Changed();

}  // namespace plumbline::graders::memory

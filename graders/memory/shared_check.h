// SPDX-License-Identifier: MIT
// memory.shared: the processes share a writable mapping.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::memory {

evaluate::CheckKind Shared();

}  // namespace plumbline::graders::memory

// SPDX-License-Identifier: MIT
// resources.growth: descriptors, memory or processes do not pile up.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::resources {

evaluate::CheckKind Growth();

}  // namespace plumbline::graders::resources

// SPDX-License-Identifier: MIT
// The JSON of --json: one document, indented, a newline at its end, whatever bytes are in it.
#pragma once

#include <nlohmann/json.hpp>

#include "cli/console.h"

namespace plumbline::cli {

inline void PrintDocument(const nlohmann::ordered_json& document) {
  Print(document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

}  // namespace plumbline::cli

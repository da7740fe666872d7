// SPDX-License-Identifier: MIT
#include "cli/stop.h"

namespace plumbline::cli {

Stop::Stop(const Error& error) : text(Complaint(error)) {}

std::string Complaint(const Error& error) {
  std::string text = "plumbline: " + error.message;
  if (!error.hint.empty()) text += "\n  " + error.hint;
  return text;
}

std::unexpected<Stop> Refuse(std::string message, std::string hint) {
  return std::unexpected(Stop(Exit::kUsage, Complaint({std::move(message), std::move(hint)})));
}

}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
#include "cli/isolation.h"

namespace plumbline::cli {
namespace {

constexpr char kDoctor[] = "plumbline doctor says what is missing and how to get it";

std::unexpected<Stop> NotHere(std::string message, std::string hint) {
  return std::unexpected(Stop(Error{std::move(message), std::move(hint)}));
}

}  // namespace

std::optional<sandbox::Rung> RungNamed(std::string_view name) {
  using enum sandbox::Rung;
  for (const sandbox::Rung rung : {kA, kB, kC, kUnsafe}) {
    if (name == sandbox::ToString(rung)) return rung;
  }
  return std::nullopt;
}

Outcome<sandbox::Rung> ChooseRung(const std::string& wanted, const std::string& required,
                                  sandbox::Rung best) {
  const std::optional<sandbox::Rung> named = RungNamed(wanted);
  const sandbox::Rung rung = named.value_or(best);
  if (rung < best)
    return NotHere("isolation " + wanted + " cannot be had on this machine; the best here is " +
                       sandbox::ToString(best),
                   kDoctor);
  if (rung == sandbox::Rung::kUnsafe && !named)
    return NotHere("this machine offers no isolation, and a student's program may do anything",
                   std::string(kDoctor) + "; --isolation unsafe runs it all the same");
  const std::optional<sandbox::Rung> least = RungNamed(required);
  if (least && rung > *least)
    return NotHere("this exercise needs isolation " + required + ", and the run would have " +
                       sandbox::ToString(rung),
                   kDoctor);
  return rung;
}

}  // namespace plumbline::cli

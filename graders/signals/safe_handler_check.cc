// SPDX-License-Identifier: MIT
#include "graders/signals/safe_handler_check.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/errno_names.h"
#include "base/signals.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::signals {
namespace {

spec::KindTable Table() {
  return {.name = "signals.safe_handler",
          .doc =
              "Passes when handlers that may come at any instant call safe functions only and "
              "keep errno.",
          .params = {evaluate::WhoParam(),
                     evaluate::Defaulting({.name = "signals",
                                           .type = spec::ParamType::kSignals,
                                           .doc = "The signals whose handlers are looked at."},
                                          "any")},
          .findings = {{"unsafe-call", "A handler called what is not safe there."},
                       {"errno-changed", "A handler returned with another errno."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kHandlers}; }

using evaluate::Msg;

bool IsOneOf(std::string_view function, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, function) != names.end();
}

bool Allocates(std::string_view function) {
  return function.starts_with("operator ") ||
         IsOneOf(function, {"malloc", "calloc", "realloc", "reallocarray", "aligned_alloc",
                            "posix_memalign", "memalign", "free", "strdup", "strndup"});
}
bool Prints(std::string_view function) {
  return function.find("print") != std::string_view::npos || function.starts_with("std::ostream") ||
         IsOneOf(function,
                 {"puts", "fputs", "putchar", "putc", "fputc", "fwrite", "fflush", "perror",
                  "psignal", "putchar_unlocked", "fputs_unlocked", "fwrite_unlocked"});
}

// What would be done in its place.
evaluate::Message Cure(std::string_view function) {
  if (IsOneOf(function, {"exit", "quick_exit"}))
    return Msg(
        "Set a variable (volatile sig_atomic_t) in the handler and let main() end the "
        "program; or call _exit(), which is safe.");
  if (Prints(function))
    return Msg(
        "Set a variable (volatile sig_atomic_t) in the handler and print in main(); or use "
        "write(), which is safe; or block the signal and wait with sigsuspend(), so that "
        "the handler runs only there.");
  return Msg(
      "Set a variable (volatile sig_atomic_t) in the handler and do the work in main(); or "
      "block the signal and wait with sigsuspend(), so that the handler runs only there.");
}

evaluate::Message Danger(std::string_view function) {
  if (Allocates(function))
    return Msg(
        "If the signal comes while the program itself is allocating memory, the handler "
        "waits for ever for a lock that its own program holds, or spoils the memory.");
  if (Prints(function) && !function.starts_with("s") && !function.starts_with("vs"))
    return Msg(
        "If the signal comes while the program itself is printing, the handler waits for "
        "ever for a lock that its own program holds, or text is lost or comes twice.");
  return Msg(
      "If the signal comes while the program itself is in such a function, locks and what "
      "it keeps in memory are only half changed.");
}

evaluate::Finding UnsafeCall(const evaluate::Scene& scene, const record::Event& event,
                             const record::UnsafeCalled& unsafe) {
  const std::string signal = SignalName(unsafe.signal);
  return {.code = "unsafe-call",
          .what = Msg("The handler of {signal} in {who} calls {function}, which is not safe in a "
                      "handler (signal-safety(7)).",
                      {{"signal", signal},
                       {"who", scene.NameOf(event.actor)},
                       {"function", unsafe.function + "()"}}),
          .evidence = {Msg("{signal} was not blocked, so that the handler can come at any instant.",
                           {{"signal", signal}})},
          .why = Danger(unsafe.function),
          .next = Cure(unsafe.function),
          .location = event.where};
}

std::string Errno(int code) { return code == 0 ? "0" : ErrnoName(code); }

evaluate::Finding ErrnoLost(const evaluate::Scene& scene, const record::Event& event,
                            const record::ErrnoChanged& changed) {
  return {.code = "errno-changed",
          .what = Msg("The handler of {signal} in {who} returns with another errno.",
                      {{"signal", SignalName(changed.signal)}, {"who", scene.NameOf(event.actor)}}),
          .evidence = {Msg("errno before: {before}; after: {after}.",
                           {{"before", Errno(changed.before)}, {"after", Errno(changed.after)}})},
          .why = Msg("If the signal comes between a call that failed and the look at errno, the "
                     "program sees the error of another call."),
          .next = Msg("Keep it: int kept = errno; at the beginning of the handler, errno = kept; "
                      "at its end."),
          .location = event.where};
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), nullptr);
  if (!who) return who.error();
  const auto& signals = params.Get<spec::SignalSet>("signals");
  const auto meant = [&](int signal) { return signals.any || signals.Contains(signal); };
  std::optional<evaluate::Finding> lost;
  for (const record::Event& event : scene.recording().events) {
    if (std::ranges::find(*who, event.actor) == who->end()) continue;
    const auto* const unsafe = std::get_if<record::UnsafeCalled>(&event.what);
    if (unsafe != nullptr && meant(unsafe->signal)) return UnsafeCall(scene, event, *unsafe);
    const auto* const changed = std::get_if<record::ErrnoChanged>(&event.what);
    if (changed != nullptr && meant(changed->signal) && !lost)
      lost = ErrnoLost(scene, event, *changed);
  }
  if (lost) return *std::move(lost);
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind SafeHandler() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::signals

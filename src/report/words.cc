// SPDX-License-Identifier: MIT
#include "report/words.h"

#include "base/signals.h"
#include "report/layout.h"

namespace plumbline::report {

using evaluate::Message;
using evaluate::Msg;
using evaluate::Verdict;
using record::Outcome;

Message WordFor(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return Msg("passed");
    case Verdict::kFailed:
      return Msg("failed");
    case Verdict::kNotReached:
      return Msg("not reached");
    case Verdict::kError:
      break;
  }
  return Msg("error");
}

Message WordsFor(const GradeDocument::Scenario& scenario) {
  switch (scenario.outcome.value_or(Outcome::kError)) {
    case Outcome::kExited:
      return Msg("ended with status {status}", {{"status", scenario.status}});
    case Outcome::kSignalled:
      return Msg("was ended by {signal}", {{"signal", SignalName(scenario.status)}});
    case Outcome::kDeadlocked:
      return Msg("nothing could move any more");
    case Outcome::kProcessorLimit:
      return Msg("used up its processor time");
    case Outcome::kVirtualLimit:
      return Msg("used up its virtual time");
    case Outcome::kMemoryLimit:
      return Msg("used up its memory");
    case Outcome::kOutputLimit:
      return Msg("wrote more than is kept");
    case Outcome::kStuck:
      return Msg("could not go on");
    case Outcome::kNotBuilt:
      return Msg("was not built");
    case Outcome::kError:
      break;
  }
  return Msg("the grader failed");
}

std::string HintOf(const GradeDocument::Check& check, const std::string& hint,
                   const Translator& translator) {
  if (check.more_hints == 0) return SafeLines(hint);
  return SafeLines(hint) + " " +
         translator.Tell(Msg("({count} more: plumbline hint)", {{"count", check.more_hints}}));
}

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
// Writes what automatic runners obey on standard output: errors, variables, groups, masks.
#include "attack.h"

static const char text[] = "\n::error file=x,line=1::owned\n::set-output name=points::7\n::add-mask::a\n##[error]owned\n::stop-commands::x\n##vso[task.setvariable variable=x]y\n%0A::warning::x\n";

// On each stream, and in the file that a check quotes.
static void attack(void) {
  const int answer = open("answer", O_WRONLY | O_CREAT, 0644);
  (void)!write(answer, text, sizeof text - 1);
  (void)!write(1, text, sizeof text - 1);
  (void)!write(2, text, sizeof text - 1);
  puts("");
}

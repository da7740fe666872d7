// SPDX-License-Identifier: MIT
// Leaves files whose names have newlines, escapes, marks, no UTF-8, dots and slashes that look like ones.
#include "attack.h"

static void attack(void) {
  static const char* const names[] = {
      "a\n::error::owned",        "\033[31mred\033]0;x\007",  "..\xef\xbc\x8f..", "\u202egnp.exe",
      "\xff\xfe",                 "...",                      " ",                "-rf",
      "$(touch x)",               "`touch x`",                "a\tb\rc\bd",       "<b>x</b>",
      "{submission.pid}",         "%s%n",                     "\\x1b",            "answer\n",
  };
  long made = 0;
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    made += close(open(names[i], O_WRONLY | O_CREAT, 0644)) == 0;
  char long_name[256];
  memset(long_name, 'n', 255);
  long_name[255] = 0;
  made += close(open(long_name, O_WRONLY | O_CREAT, 0644)) == 0;
  printf("made %ld\n", made);
}

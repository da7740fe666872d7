// SPDX-License-Identifier: MIT
// A source whose name begins as the name of a file of options does: the compiler then takes its words from a file.
#include <stdio.h>

int main(int argc, char** argv) {
  (void)argv;
  puts(argc < 9 ? "calm" : "end");
  return 0;
}

// SPDX-License-Identifier: MIT
// Sources whose names are options, commands, and more than a word.
#include <stdio.h>

int main(int argc, char** argv) {
  (void)argv;
  puts(argc < 9 ? "calm" : "end");
  return 0;
}

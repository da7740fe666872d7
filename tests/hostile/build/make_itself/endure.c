// SPDX-License-Identifier: MIT
#include <stdio.h>

int main(int argc, char** argv) {
  (void)argv;
  puts(argc < 9 ? "calm" : "end");
  return 0;
}

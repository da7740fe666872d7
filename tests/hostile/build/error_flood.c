// SPDX-License-Identifier: MIT
// Makes a million warnings out of a few lines.
#define A int f(void) { char* x = 1; return x; }
#define W(n) _Pragma("GCC warning \"flood flood flood flood flood flood flood flood flood flood flood flood flood\"")
#define X W(1) W(2) W(3) W(4) W(5) W(6) W(7) W(8) W(9) W(10)
#define Y X X X X X X X X X X
#define Z Y Y Y Y Y Y Y Y Y Y
Z Z Z Z Z Z Z Z Z Z
#include <stdio.h>

int main(int argc, char** argv) {
  (void)argv;
  puts(argc < 9 ? "calm" : "end");
  return 0;
}

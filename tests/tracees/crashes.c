// SPDX-License-Identifier: MIT
// Ends by a fault of its own, and says before which lines it was in, the innermost first: "29 34".
//
//   crashes null|wild|call|handler|overflow|abort
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(const int* lines, int count) {
  for (int i = 0; i < count; ++i) printf("%d ", lines[i]);
  fflush(stdout);
}

#define RAISED 43  // the line of raise() below
static volatile int nothing;  // no call is the last of its function

__attribute__((noinline)) static void store(char* pointer, int caller) {
  say((int[]){__LINE__ + 1, caller}, 2);
  *pointer = 1;
}

__attribute__((noinline)) static void handle(int signal) {
  say((int[]){__LINE__ + 1, signal == SIGUSR1 ? RAISED : 0}, 2);
  abort();
}

__attribute__((noinline)) static int deeper(int depth) {
  volatile char room[3000];
  room[0] = (char)depth;
  return deeper(depth + 1) + room[0];
}

int main(int argc, char** argv) {
  const char* how = argc > 1 ? argv[1] : "";
  void (*volatile nowhere)(void) = NULL;
  if (strcmp(how, "null") == 0) store(NULL, __LINE__);
  if (strcmp(how, "wild") == 0) store((char*)0x123456789000, __LINE__);
  if (strcmp(how, "call") == 0) say((int[]){__LINE__}, 1), nowhere();
  if (strcmp(how, "abort") == 0) say((int[]){__LINE__}, 1), abort();
  if (strcmp(how, "overflow") == 0) return deeper(0);
  signal(SIGUSR1, handle);
  raise(SIGUSR1);
  nothing = 1;
  return 0;
}

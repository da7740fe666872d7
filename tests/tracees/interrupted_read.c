// SPDX-License-Identifier: MIT
// Reads an empty pipe until a handler of SIGUSR1 writes into it. How the handler is set is the
// argument: "restart" takes the read up again, "interrupt" ends it with EINTR. Prints what read()
// returned.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int ends[2];

static void write_byte(int signal) {
  (void)signal;
  (void)!write(ends[1], "x", 1);
}

int main(int argc, char** argv) {
  struct sigaction action = {.sa_handler = write_byte};
  if (argc > 1 && strcmp(argv[1], "restart") == 0) action.sa_flags = SA_RESTART;
  char byte;
  if (pipe(ends) < 0) return 1;
  sigaction(SIGUSR1, &action, NULL);
  const ssize_t count = read(ends[0], &byte, 1);
  printf("%zd %s\n", count, count < 0 ? strerrorname_np(errno) : "");
  return 0;
}

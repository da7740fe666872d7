// SPDX-License-Identifier: MIT
// What attacks in C share. An attack prints a line for each thing that it tries, "NAME: EPERM" or
// "NAME: done", and at last "end", so that who reads it knows that it ran. What it did or did not
// do is judged from outside.
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

// What there is outside, all of it open to everybody there.
static const char* outside_file;      // a path
static pid_t outside_process;         // its number there
static int outside_port;              // somebody listens on 127.0.0.1
static const char* outside_abstract;  // an abstract address on which somebody listens
static const char* outside_socket;    // a path on which somebody listens
static int outside_memory;            // a System V segment's identifier
static const char* outside_exercise;  // the folder of the exercise

static void attack(void);

static inline void told(const char* what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: done\n", what);
  fflush(stdout);
}

// Of many tries of one thing: how often it was refused, and the last refusal.
static inline void told_of(const char* what, long done) {
  printf("%s: %s\n", what, done > 0 ? "done" : "none");
  fflush(stdout);
}

int main(int argc, char** argv) {
  if (argc < 9) {
    puts("calm");
    return 0;
  }
  outside_file = argv[2];
  outside_process = atoi(argv[3]);
  outside_port = atoi(argv[4]);
  outside_abstract = argv[5];
  outside_socket = argv[6];
  outside_memory = atoi(argv[7]);
  outside_exercise = argv[8];
  attack();
  puts("end");
  return 0;
}

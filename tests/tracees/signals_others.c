// SPDX-License-Identifier: MIT
// Two children wait for SIGUSR1; what their parent does after it has sent one is said by a word. Or
// two processes send each other one at once, and then compute until they have got theirs.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int answers[2];  // a pipe
static volatile int* came;
static int leaves;  // the parent does, and so does who gets a signal

static void answer(int signal) {
  (void)signal;
  *came = 1;
  if (write(answers[1], "!", 1) != 1) _exit(9);
  if (leaves && signal != 0) _exit(0);
}

static void await(int count) {
  char byte;
  for (int i = 0; i < count; ++i)
    if (read(answers[0], &byte, 1) != 1) _exit(8);
}

static pid_t waits_for_signals(void) {
  const pid_t child = fork();
  if (child != 0) {
    await(1);
    return child;
  }
  struct sigaction action = {.sa_handler = answer};
  sigaction(SIGUSR1, &action, NULL);
  answer(0);
  while (1) pause();
}

static void compute(void) {
  for (volatile int i = 0; i < 20000; ++i) {
  }
}

static volatile sig_atomic_t got;

static void count(int signal) {
  (void)signal;
  ++got;
}

static int each_other(int rounds) {
  const struct sigaction action = {.sa_handler = count};
  sigaction(SIGUSR1, &action, NULL);
  const pid_t parent = getpid();
  const pid_t child = fork();
  for (int i = 1; i <= rounds; ++i) {
    __atomic_add_fetch(came, 1, __ATOMIC_SEQ_CST);
    while (*came < 2 * i) {
    }
    kill(child == 0 ? parent : child, SIGUSR1);
    while (got < i) {
    }
  }
  if (child == 0) return 0;
  wait(NULL);
  puts("over");
  return 0;
}

int main(int argc, char** argv) {
  const char* then = argc > 1 ? argv[1] : "";
  const int rounds = argc > 2 ? atoi(argv[2]) : 1;
  leaves = strcmp(then, "ends") == 0;
  if (pipe(answers) < 0) return 1;
  came = mmap(NULL, sizeof *came, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (strcmp(then, "gets") == 0) return each_other(rounds);
  const pid_t one = waits_for_signals();
  const pid_t other = waits_for_signals();
  if (leaves) kill(other, SIGKILL);
  for (int i = 0; i < rounds; ++i) {
    *came = 0;
    kill(one, SIGUSR1);
    if (strcmp(then, "calls") == 0) {
      compute();
      kill(other, SIGUSR1);
      await(1);
    } else if (strcmp(then, "spins") == 0) {
      while (!*came) {
      }
    } else if (leaves) {
      _exit(0);
    } else if (strcmp(then, "kills") == 0) {
      kill(one, SIGKILL);
      break;
    }
    await(1);
  }
  kill(one, SIGKILL);
  kill(other, SIGKILL);
  while (wait(NULL) > 0) {
  }
  puts("over");
  return 0;
}

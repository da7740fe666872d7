// SPDX-License-Identifier: MIT
// A handler that does what the first argument says. SIGUSR1 comes anywhere, or with a second argument
// in that call alone. At its end the program prints the line on which the handler did it.
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *way;
static volatile sig_atomic_t line;
static sigjmp_buf before;
static char place[PATH_MAX];
static pid_t spawned;

static int is(const char *word) { return strcmp(way, word) == 0; }

static __attribute__((noinline)) void *allocate(size_t size) {
  void *memory = malloc(size);
  if (memory == NULL) _exit(1);
  return memory;
}

static void on_usr2(int number) {
  (void)number;
  puts("inner");
  line = __LINE__ - 1;
}

static void handle(int number) {
  const int kept = errno;
  if (is("printf")) line = __LINE__, printf("got %d\n", number);
  if (is("malloc")) line = __LINE__, free(allocate(8));
  if (is("exit")) line = __LINE__, exit(3);
  if (is("errno")) line = __LINE__, close(-1);
  if (is("kept")) close(-1);
  if (is("write") && write(STDOUT_FILENO, "got\n", 4) != 4) _exit(1);
  if (is("longjmp")) siglongjmp(before, 1);
  if (is("nested")) raise(SIGUSR2);
  // None of the well-known: what they call tells.
  if (is("realpath")) line = __LINE__, (void)!realpath("/proc/self", place);
  if (is("spawn")) {
    char *command[] = {"true", NULL};
    line = __LINE__, posix_spawn(&spawned, "/usr/bin/true", NULL, NULL, command, NULL);
    waitpid(spawned, NULL, 0);
  }
  if (is("harmless") && (isatty(0) || gethostname(place, sizeof place) != 0)) _exit(1);
  if (is("fork")) {
    if (fork() == 0) execl("/usr/bin/true", "true", NULL);
    wait(NULL);
  }
  if (is("child")) {
    const pid_t child = fork();
    if (child == 0) {
      puts("child");
      fflush(stdout);
      _exit(0);
    }
    waitpid(child, NULL, 0);
  }
  if (!is("errno")) errno = kept;
}

// Nothing is on the stack of the handler when it prints.
static void jump(int number) {
  (void)number;
  puts("jumped");
}

static void set(int signal, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigaction(signal, &action, NULL);
}

// It comes inside this call, and is blocked but for its time.
static void wait_in(const char *call) {
  sigset_t mask, former;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  sigprocmask(SIG_BLOCK, &mask, &former);
  raise(SIGUSR1);
  if (strcmp(call, "sigsuspend") == 0) sigsuspend(&former);
  if (strcmp(call, "ppoll") == 0) ppoll(NULL, 0, NULL, &former);
  sigprocmask(SIG_SETMASK, &former, NULL);
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  way = argv[1];
  set(SIGUSR1, is("jump") ? jump : handle);
  set(SIGUSR2, on_usr2);
  if (argc > 2) {
    wait_in(argv[2]);
  } else if (sigsetjmp(before, 1) == 0) {
    raise(SIGUSR1);
  }
  printf("line %d\n", (int)line);
  return 0;
}

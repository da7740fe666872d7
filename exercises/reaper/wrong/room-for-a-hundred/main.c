// There is room for a hundred children, and no more.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMost = 100 };  // it has to be 200

static void flush_line(void) {
  if (fflush(stdout) == EOF) {
    perror("reaper: cannot write");
    exit(1);
  }
}

// Children that have ended may be many while SIGCHLD came once: so until there is no more.
static int reap_ended(void) {
  int reaped = 0;
  int status;
  pid_t child;
  while ((child = waitpid(-1, &status, WNOHANG)) > 0) {
    printf("pid %d status %d\n", (int)child, WEXITSTATUS(status));
    flush_line();
    ++reaped;
  }
  return reaped;
}

static void end_all(const pid_t children[], int count) {
  for (int i = 0; i < count; ++i) kill(children[i], SIGKILL);
  for (int i = 0; i < count; ++i) waitpid(children[i], NULL, 0);
}

static void start_all(int count) {
  pid_t children[kMost];
  for (int i = 0; i < count; ++i) {
    children[i] = fork();
    if (children[i] == -1) {
      perror("reaper: fork");
      end_all(children, i);
      exit(1);
    }
    if (children[i] == 0) {
      sleep((unsigned)i + 1);
      _exit(i + 1);
    }
  }
}

static int count_from(const char *text) {
  char *end;
  errno = 0;
  const long count = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || count < 0 || count > kMost) {
    fprintf(stderr, "reaper: '%s' is not a number from 0 to %d\n", text, kMost);
    exit(2);
  }
  return (int)count;
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: reaper N\n");
    return 2;
  }
  int alive = count_from(argv[1]);

  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGCHLD);
  sigaddset(&ours, SIGUSR1);
  sigprocmask(SIG_BLOCK, &ours, NULL);  // before the first fork: no SIGCHLD may be missed
  start_all(alive);
  while (alive > 0) {
    int came;
    sigwait(&ours, &came);
    if (came == SIGCHLD) alive -= reap_ended();
    if (came == SIGUSR1) {
      printf("alive %d\n", alive);
      flush_line();
    }
  }
  return 0;
}

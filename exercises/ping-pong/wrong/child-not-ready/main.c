// The child installs its handler after the fork, and the parent does not wait for that: the first signal may kill the child.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

volatile sig_atomic_t came = 0;

void handler(int signal_number) { came = 1; }

void wait_for_ball(sigset_t *before) {
  while (!came) sigsuspend(before);
  came = 0;
}

int main(int argc, char *argv[]) {
  char *end;
  sigset_t balls, before;
  struct sigaction action = {0};
  action.sa_handler = handler;

  if (argc != 2 || (strtol(argv[1], &end, 10) < 1 || *end)) {
    fprintf(stderr, "Ús: %s RONDES\n", argv[0]);
    exit(2);
  }
  int rounds = atoi(argv[1]);

  pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    exit(1);
  }
  sigemptyset(&balls);
  sigaddset(&balls, SIGUSR1);
  sigaddset(&balls, SIGUSR2);
  sigprocmask(SIG_BLOCK, &balls, &before);
  if (pid == 0) {
    sigaction(SIGUSR1, &action, NULL);
    for (int i = 1; i <= rounds; i++) {
      wait_for_ball(&before);
      printf("pong %d\n", i);
      fflush(stdout);
      kill(getppid(), SIGUSR2);
    }
    exit(0);
  }
  sigaction(SIGUSR2, &action, NULL);
  for (int i = 1; i <= rounds; i++) {
    printf("ping %d\n", i);
    fflush(stdout);
    kill(pid, SIGUSR1);
    wait_for_ball(&before);
  }
  wait(NULL);
  return 0;
}

// Between the look at the variable and pause() the child may end: then pause() waits for a signal that has been already.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void on_child(int number) {
  (void)number;
  ended = 1;
}

int main(void) {
  signal(SIGCHLD, on_child);
  const pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
    printf("child %d parent %d\n", (int)getpid(), (int)getppid());
    exit(7);
  }
  while (!ended) pause();
  int status;
  wait(&status);
  printf("parent %d child %d\n", (int)getpid(), (int)child);
  printf("child exited %d\n", WEXITSTATUS(status));
  return 0;
}

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

// Makes a child with these for standard input and output; a pipe's two ends are closed in it.
static void run(char *argv[], int in, int out, const int ends[2]) {
  const pid_t child = fork();
  if (child == -1) perror("fork");
  if (child != 0) return;
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  close(ends[0]);
  close(ends[1]);
  execvp(argv[0], argv);
  perror(argv[0]);
  _exit(127);
}

int main(int argc, char *argv[]) {
  char *cat[] = {"cat", argc == 2 ? argv[1] : NULL, NULL};
  char *wc[] = {"wc", "-l", NULL};
  int ends[2];
  if (argc != 2 || pipe(ends) == -1) {
    fprintf(stderr, "usage: main FILE\n");
    return 2;
  }
  run(cat, STDIN_FILENO, ends[1], ends);
  run(wc, ends[0], STDOUT_FILENO, ends);
  close(ends[0]);
  close(ends[1]);
  int status = 0;
  while (wait(&status) != -1) {
  }
  return WEXITSTATUS(status);
}

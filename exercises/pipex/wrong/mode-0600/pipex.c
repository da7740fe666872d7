// The third argument of open() is the mode of a new file: this one is for nobody else to read.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"

static int open_or_end(const char *path, int flags) {
  const int file = open(path, flags, 0600);
  if (file == -1) {
    perror(path);
    _exit(1);
  }
  return file;
}

// In a child: INPUT and OUTPUT become 0 and 1, and every other copy is closed.
static void redirect(int input, int output, const int ends[2]) {
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  close(input);
  close(output);
  close(ends[0]);
  close(ends[1]);
}

static int status_of(pid_t child) {
  int status;
  if (waitpid(child, &status, 0) == -1) return 1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char *argv[]) {
  if (argc != 5) {
    fprintf(stderr, "usage: pipex INFILE CMD1 CMD2 OUTFILE\n");
    return 2;
  }
  int ends[2];
  if (pipe(ends) == -1) {
    perror("pipex: pipe");
    return 1;
  }
  const pid_t first = fork();
  if (first == 0) {
    redirect(open_or_end(argv[1], O_RDONLY), ends[1], ends);
    become(argv[2]);
  }
  const pid_t second = first == -1 ? -1 : fork();
  if (second == 0) {
    redirect(ends[0], open_or_end(argv[4], O_WRONLY | O_CREAT | O_TRUNC), ends);
    become(argv[3]);
  }
  if (second == -1) perror("pipex: fork");
  close(ends[0]);
  close(ends[1]);
  if (first != -1) status_of(first);
  return second == -1 ? 1 : status_of(second);
}

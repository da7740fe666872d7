// The same with posix_spawnp(), which takes a list of what to open and to copy in the child.
// Without a Makefile: one file.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// 0: the child is there. Else it is told why not.
static int spawn(pid_t *child, const char *text, int input, int output) {
  char *command = strdup(text);
  char *words[256];
  size_t count = 0;
  for (char *word = strtok(command, " "); word != NULL && count < 255; word = strtok(NULL, " ")) {
    words[count++] = word;
  }
  words[count] = NULL;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  const int problem =
      count == 0 ? ENOENT : posix_spawnp(child, words[0], &actions, NULL, words, environ);
  if (problem != 0) {
    fprintf(stderr, "pipex: %s: %s\n", count > 0 ? words[0] : text, strerror(problem));
  }
  posix_spawn_file_actions_destroy(&actions);
  free(command);
  return problem;
}

static int open_file(const char *path, int flags) {
  const int file = open(path, flags | O_CLOEXEC, 0644);
  if (file == -1) perror(path);
  return file;
}

int main(int argc, char *argv[]) {
  if (argc != 5) {
    fprintf(stderr, "usage: pipex INFILE CMD1 CMD2 OUTFILE\n");
    return 2;
  }
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) == -1) {
    perror("pipex: pipe");
    return 1;
  }
  pid_t second = -1;
  int result = 1;
  pid_t first = -1;
  const int input = open_file(argv[1], O_RDONLY);
  if (input != -1 && spawn(&first, argv[2], input, ends[1]) != 0) first = -1;
  const int output = open_file(argv[4], O_WRONLY | O_CREAT | O_TRUNC);
  if (output != -1) {
    const int problem = spawn(&second, argv[3], ends[0], output);
    if (problem != 0) second = -1;
    result = problem == ENOENT ? 127 : problem == EACCES ? 126 : 1;
  }
  close(ends[0]);
  close(ends[1]);
  if (first != -1) waitpid(first, NULL, 0);
  int status;
  if (second != -1 && waitpid(second, &status, 0) == second) {
    result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return result;
}

// The parent opens both files before it makes its children; the children inherit what they need.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

char *find(const char *name, char **environment);

static char **split(const char *command) {
  char **words = NULL;
  size_t count = 0;
  char *copy = strdup(command);
  for (char *word; (word = strsep(&copy, " ")) != NULL;) {
    if (*word == '\0') continue;
    words = realloc(words, (count + 2) * sizeof *words);
    words[count++] = word;
    words[count] = NULL;
  }
  return words;
}

static void run(const char *command, int in, int out, char **environment) {
  char **words = split(command);
  char *path = words != NULL ? find(words[0], environment) : NULL;
  if (path == NULL) {
    dprintf(2, "pipex: %s: command not found\n", words != NULL ? words[0] : "");
    exit(127);
  }
  dup2(in, 0);
  dup2(out, 1);
  execve(path, words, environment);
  dprintf(2, "pipex: %s: %s\n", path, strerror(errno));
  exit(errno == ENOENT ? 127 : 126);
}

int main(int argc, char **argv, char **environment) {
  if (argc != 5) {
    dprintf(2, "usage: %s infile cmd1 cmd2 outfile\n", argv[0]);
    return 2;
  }
  int in = open(argv[1], O_RDONLY | O_CLOEXEC);
  if (in == -1) perror(argv[1]);
  int out = open(argv[4], O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
  if (out == -1) perror(argv[4]);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) == -1) return perror("pipe"), 1;

  int result = 1;
  pid_t children[2] = {-1, -1};
  if (in != -1 && (children[0] = fork()) == 0) run(argv[2], in, ends[1], environment);
  if (in != -1 && children[0] == -1) perror("fork");
  close(ends[1]);
  if (out != -1 && (children[1] = fork()) == 0) run(argv[3], ends[0], out, environment);
  if (out != -1 && children[1] == -1) perror("fork");
  close(ends[0]);
  int status;
  for (pid_t child; (child = wait(&status)) > 0;) {
    if (child != children[1]) continue;
    result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return result;
}

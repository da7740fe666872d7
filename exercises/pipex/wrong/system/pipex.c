// A shell does it all.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int main(int argc, char *argv[]) {
  if (argc != 5) {
    fprintf(stderr, "usage: pipex INFILE CMD1 CMD2 OUTFILE\n");
    return 2;
  }
  char command[4096];
  snprintf(command, sizeof command, "< %s %s | %s > %s", argv[1], argv[2], argv[3], argv[4]);
  const int status = system(command);
  if (status == -1) return 1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

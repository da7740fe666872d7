#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

// `path` gets the number `fd`.
static int redirect(const char *path, int flags, int fd) {
  const int opened = open(path, flags, 0644);
  if (opened == -1) {
    perror(path);
    return -1;
  }
  dup2(opened, fd);
  close(opened);
  return 0;
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: main FILE\n");
    return 2;
  }
  if (redirect(argv[1], O_RDONLY, STDIN_FILENO) == -1) return 1;
  if (redirect("sorted.txt", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO) == -1) return 1;
  execlp("sort", "sort", (char *)NULL);
  perror("sort");
  return 127;
}

// It writes over the beginning of an old file, whose end stays.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc != 3) {
    fprintf(stderr, "usage: main FILE TEXT\n");
    return 2;
  }
  const int file = open(argv[1], O_WRONLY | O_CREAT, 0600);
  if (file == -1 || dprintf(file, "%s\n", argv[2]) < 0 || close(file) == -1) {
    perror(argv[1]);
    return 1;
  }
  return 0;
}

// SIGTERM ends it by exit() in the handler, perhaps in the middle of an fwrite() of its own.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void on_term(int number) {
  (void)number;
  exit(0);
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: follow FILE\n");
    return 2;
  }
  const int file = open(argv[1], O_RDONLY | O_CLOEXEC);
  if (file == -1) {
    perror(argv[1]);
    return 1;
  }
  signal(SIGTERM, on_term);
  off_t at = 0;
  for (;;) {
    struct stat state;
    if (fstat(file, &state) == -1) return 1;
    if (state.st_size < at) at = 0;  // it was cut, and begins again
    char bytes[65536];
    for (ssize_t got; (got = pread(file, bytes, sizeof bytes, at)) > 0; at += got) fwrite(bytes, 1, (size_t)got, stdout);
    fflush(stdout);
    sleep(1);
  }
}

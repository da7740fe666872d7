// Does not see that the file was cut: goes on from a place that is beyond its end.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void write_all(const char *bytes, ssize_t size) {
  while (size > 0) {
    const ssize_t written = write(STDOUT_FILENO, bytes, (size_t)size);
    if (written == -1) fail("follow: cannot write");
    bytes += written;
    size -= written;
  }
}

static void print_what_is_new(int file) {
  char bytes[65536];
  ssize_t got;
  while ((got = read(file, bytes, sizeof bytes)) > 0) write_all(bytes, got);
  if (got == -1) fail("follow: cannot read");
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: follow FILE\n");
    return 2;
  }
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, NULL);
  const int file = open(argv[1], O_RDONLY | O_CLOEXEC);
  if (file == -1) fail(argv[1]);

  const struct timespec second = {.tv_sec = 1};
  do {
    print_what_is_new(file);
  } while (sigtimedwait(&term, NULL, &second) != SIGTERM);
  return 0;
}

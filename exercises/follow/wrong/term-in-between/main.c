// A SIGTERM that comes between the look at the variable and the wait for inotify is seen only when the file changes again.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t term_came;

static void on_term(int number) {
  (void)number;
  term_came = 1;
}

static int copy(int file) {
  static off_t copied;
  char block[4096];
  struct stat now;
  ssize_t n;
  if (fstat(file, &now) == -1) return -1;
  if (now.st_size < copied) copied = 0;
  while ((n = pread(file, block, sizeof block, copied)) > 0) {
    for (ssize_t done = 0, put; done < n; done += put) {
      put = write(STDOUT_FILENO, block + done, (size_t)(n - done));
      if (put == -1) return -1;
    }
    copied += n;
  }
  return (int)n;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s FILE\n", argv[0]);
    return 2;
  }
  int file = open(argv[1], O_RDONLY);
  if (file == -1) {
    perror(argv[1]);
    return 1;
  }
  sigaction(SIGTERM, &(struct sigaction){.sa_handler = on_term}, NULL);
  int watch = inotify_init();
  if (watch == -1 || inotify_add_watch(watch, argv[1], IN_MODIFY) == -1) {
    perror("inotify");
    return 1;
  }
  char events[4096];
  do {
    if (copy(file) == -1) {
      perror("follow");
      return 1;
    }
  } while (!term_came && (read(watch, events, sizeof events) > 0 || errno == EINTR));
  return 0;
}

// The kernel tells of each change: inotify for the file, signalfd for SIGTERM, poll for both. No timer at all.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

static off_t copied;

static int copy(int file) {
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
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, NULL);
  struct pollfd waits[2] = {{.fd = inotify_init1(IN_NONBLOCK), .events = POLLIN},
                            {.fd = signalfd(-1, &term, 0), .events = POLLIN}};
  // The watch is set before the first read: what comes in between is seen too.
  if (inotify_add_watch(waits[0].fd, argv[1], IN_MODIFY) == -1) {
    perror("inotify");
    return 1;
  }
  do {
    char events[4096];
    if (read(waits[0].fd, events, sizeof events) > 0) {
      // What has changed is looked up below.
    }
    if (copy(file) == -1) {
      perror("follow");
      return 1;
    }
  } while (poll(waits, 2, -1) > 0 && !(waits[1].revents & POLLIN));
  return 0;
}

/* The reader opens without waiting and lets poll wait: until a first writer has come poll reports nothing at all. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void make(const char *path) {
    struct stat st;
    if (mkfifo(path, S_IRUSR | S_IWUSR) == 0) return;
    if (errno != EEXIST || stat(path, &st) != 0) fail(path);
    if (!S_ISFIFO(st.st_mode)) {
        fprintf(stderr, "%s is something else\n", path);
        exit(1);
    }
}

static void put(int fd, const char *text, size_t size) {
    while (size > 0) {
        ssize_t n = write(fd, text, size);
        if (n < 0) fail("write");
        text += n;
        size -= (size_t)n;
    }
}

static void reader(const char *path) {
    char text[16384];
    struct pollfd fifo = {.fd = open(path, O_RDONLY | O_NONBLOCK), .events = POLLIN};
    if (fifo.fd < 0) fail(path);
    for (;;) {
        if (poll(&fifo, 1, -1) < 0) fail("poll");
        ssize_t n = read(fifo.fd, text, sizeof text);
        if (n == 0) break; /* POLLHUP: the last writer is gone and nothing is left */
        if (n < 0 && errno != EAGAIN) fail("read");
        if (n > 0) put(STDOUT_FILENO, text, (size_t)n);
    }
    unlink(path);
}

static void writer(const char *path) {
    char text[16384];
    ssize_t n;
    int fd = open(path, O_WRONLY);
    if (fd < 0) fail(path);
    while ((n = read(STDIN_FILENO, text, sizeof text)) > 0) put(fd, text, (size_t)n); /* SIGPIPE may end us */
    if (n < 0) fail("read");
}

int main(int argc, char **argv) {
    int reads = argc == 3 && !strcmp(argv[1], "read");
    int writes = argc == 3 && !strcmp(argv[1], "write");
    if (!reads && !writes) {
        fprintf(stderr, "usage: %s write|read PATH\n", argv[0]);
        return 2;
    }
    make(argv[2]);
    if (reads)
        reader(argv[2]);
    else
        writer(argv[2]);
    return 0;
}

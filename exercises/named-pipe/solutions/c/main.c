/* named-pipe write PATH: standard input down a FIFO. named-pipe read PATH: what comes out of it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens the FIFO, made now if it is missing; -1 if that can't be, with the reason told. */
static int open_fifo(const char *path, int flags) {
    /* No look before: whoever makes it first, we or the other side, both are served. */
    if (mkfifo(path, 0600) == -1 && errno != EEXIST) {
        perror(path);
        return -1;
    }
    struct stat what;
    if (stat(path, &what) == -1) {
        perror(path);
        return -1;
    }
    if (!S_ISFIFO(what.st_mode)) {
        fprintf(stderr, "%s: not a FIFO\n", path);
        return -1;
    }
    int fd = open(path, flags); /* waits for the other side */
    if (fd == -1) perror(path);
    return fd;
}

/* Copies until end of file; 0, or -1 with the reason told. */
static int copy(int from, int to) {
    char buffer[4096];
    ssize_t got;
    while ((got = read(from, buffer, sizeof buffer)) > 0) {
        for (ssize_t done = 0; done < got;) {
            ssize_t put = write(to, buffer + done, got - done);
            if (put == -1) {
                perror("write");
                return -1;
            }
            done += put;
        }
    }
    if (got == -1) perror("read");
    return got == -1 ? -1 : 0;
}

static int write_down(const char *path) {
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves is an error of write, which we report */
    int fd = open_fifo(path, O_WRONLY);
    return fd == -1 || copy(STDIN_FILENO, fd) == -1 ? 1 : 0;
}

static int read_out(const char *path) {
    int fd = open_fifo(path, O_RDONLY);
    if (fd == -1) return 1;
    int result = copy(fd, STDOUT_FILENO) == -1 ? 1 : 0;
    if (unlink(path) == -1 && errno != ENOENT) {
        perror(path);
        return 1;
    }
    return result;
}

int main(int argc, char *argv[]) {
    if (argc == 3 && strcmp(argv[1], "write") == 0) return write_down(argv[2]);
    if (argc == 3 && strcmp(argv[1], "read") == 0) return read_out(argv[2]);
    fprintf(stderr, "usage: %s write PATH | read PATH\n", argv[0]);
    return 2;
}

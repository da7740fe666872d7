#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int copy(int from, int to) {
    char buf[4096];
    ssize_t n;

    while ((n = read(from, buf, sizeof buf)) > 0) {
        char *p = buf;
        while (n > 0) {
            ssize_t m = write(to, p, n);
            if (m == -1) return -1;
            p += m;
            n -= m;
        }
    }
    return n;
}

/* Shows what comes from the FIFO until the writers have gone. */
static int show(int fd) {
    char buf[4096];
    int somebody_came = 0;

    for (;;) {
        ssize_t n = read(fd, buf, sizeof buf);
        if (n > 0) {
            somebody_came = 1;
            if (write(1, buf, n) == -1) return -1;
        } else if (n == 0 && somebody_came) {
            return 0;
        }
        /* nothing yet: try again */
    }
}

static int make_fifo(const char *path) {
    struct stat st;

    if (mkfifo(path, 0600) == 0) return 0;
    if (errno == EEXIST && stat(path, &st) == 0 && S_ISFIFO(st.st_mode)) return 0;
    fprintf(stderr, "%s: cannot be used as a FIFO\n", path);
    return -1;
}

int main(int argc, char *argv[]) {
    if (argc != 3 || (strcmp(argv[1], "write") != 0 && strcmp(argv[1], "read") != 0)) {
        fprintf(stderr, "usage: %s write|read PATH\n", argv[0]);
        return 2;
    }
    if (make_fifo(argv[2]) == -1) return 1;
    if (strcmp(argv[1], "write") == 0) {
        int fd = open(argv[2], O_WRONLY);
        if (fd == -1 || copy(0, fd) == -1) {
            perror(argv[2]);
            return 1;
        }
    } else {
        int fd = open(argv[2], O_RDONLY | O_NONBLOCK);
        if (fd == -1 || show(fd) == -1) {
            perror(argv[2]);
            return 1;
        }
        unlink(argv[2]);
    }
    return 0;
}

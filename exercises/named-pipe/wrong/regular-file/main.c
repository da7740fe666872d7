#include <fcntl.h>
#include <stdio.h>
#include <string.h>
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

int main(int argc, char *argv[]) {
    if (argc != 3 || (strcmp(argv[1], "write") != 0 && strcmp(argv[1], "read") != 0)) {
        fprintf(stderr, "usage: %s write|read PATH\n", argv[0]);
        return 2;
    }
    if (strcmp(argv[1], "write") == 0) {
        int fd = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (fd == -1 || copy(0, fd) == -1) {
            perror(argv[2]);
            return 1;
        }
    } else {
        int fd = open(argv[2], O_RDONLY | O_CREAT, 0600);
        if (fd == -1 || copy(fd, 1) == -1) {
            perror(argv[2]);
            return 1;
        }
        unlink(argv[2]);
    }
    return 0;
}

/* A FIFO is a pipe, so the bytes need not come up into the program: splice moves them inside the kernel. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int move_all(int from, int to) {
    ssize_t n;
    while ((n = splice(from, NULL, to, NULL, 65536, 0)) > 0) {
    }
    if (n == -1) perror("splice");
    return n == -1;
}

int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s write|read PATH\n", argv[0]);
        return 2;
    }
    struct stat st;
    if ((mkfifo(argv[2], 0600) == -1 && errno != EEXIST) || stat(argv[2], &st) == -1) {
        perror(argv[2]);
        return 1;
    }
    if (!S_ISFIFO(st.st_mode)) {
        fprintf(stderr, "%s: no FIFO\n", argv[2]);
        return 1;
    }
    if (strcmp(argv[1], "write") == 0) {
        int fd = open(argv[2], O_WRONLY);
        if (fd != -1) return move_all(STDIN_FILENO, fd);
    } else if (strcmp(argv[1], "read") == 0) {
        int fd = open(argv[2], O_RDONLY);
        if (fd != -1) {
            int failed = move_all(fd, STDOUT_FILENO);
            unlink(argv[2]);
            return failed;
        }
    } else {
        fprintf(stderr, "usage: %s write|read PATH\n", argv[0]);
        return 2;
    }
    perror(argv[2]);
    return 1;
}

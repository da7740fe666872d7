#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int copy(int from, int to) {
    static char block[8192];
    ssize_t got;

    while ((got = read(from, block, sizeof block)) > 0) {
        ssize_t done = 0;
        while (done < got) {
            ssize_t n = write(to, block + done, got - done);
            if (n == -1) return -1;
            done += n;
        }
    }
    return got == -1 ? -1 : 0;
}

/* Without O_NONBLOCK open might wait for ever, so: try until it works. */
static int open_for_writing(const char *path) {
    int fd;

    do {
        fd = open(path, O_WRONLY | O_NONBLOCK);
    } while (fd == -1 && errno == ENXIO);
    if (fd != -1) fcntl(fd, F_SETFL, 0);
    return fd;
}

int main(int argc, char *argv[]) {
    struct stat st;

    if (argc != 3 || (strcmp(argv[1], "write") != 0 && strcmp(argv[1], "read") != 0)) {
        fprintf(stderr, "usage: %s write|read PATH\n", argv[0]);
        return 2;
    }
    if (mkfifo(argv[2], 0600) == -1 && errno != EEXIST) {
        perror(argv[2]);
        return 1;
    }
    if (stat(argv[2], &st) == -1 || !S_ISFIFO(st.st_mode)) {
        fprintf(stderr, "%s: not a FIFO\n", argv[2]);
        return 1;
    }
    if (strcmp(argv[1], "write") == 0) {
        int fd = open_for_writing(argv[2]);
        if (fd == -1 || copy(STDIN_FILENO, fd) == -1) {
            perror(argv[2]);
            return 1;
        }
        return 0;
    }
    int fd = open(argv[2], O_RDONLY);
    if (fd == -1 || copy(fd, STDOUT_FILENO) == -1) {
        perror(argv[2]);
        return 1;
    }
    unlink(argv[2]);
    return 0;
}

/* Opens first, and makes the FIFO only when there is none; what was opened is looked at by its descriptor. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 3 || (strcmp(argv[1], "read") && strcmp(argv[1], "write"))) {
        fputs("usage: named-pipe read PATH\n       named-pipe write PATH\n", stderr);
        return 2;
    }
    int reading = argv[1][0] == 'r';
    const char *path = argv[2];

    int fd;
    while ((fd = open(path, reading ? O_RDONLY : O_WRONLY)) == -1) {
        if (errno != ENOENT || (mkfifo(path, 0600) == -1 && errno != EEXIST)) {
            perror(path);
            return 1;
        }
    }
    struct stat opened;
    if (fstat(fd, &opened) == -1 || !S_ISFIFO(opened.st_mode)) {
        fprintf(stderr, "%s: exists and is not a FIFO\n", path);
        return 1;
    }

    /* Whichever the direction, from here on it is standard input to standard output. */
    dup2(fd, reading ? STDIN_FILENO : STDOUT_FILENO);
    close(fd);
    static char block[1 << 16];
    ssize_t n;
    while ((n = read(STDIN_FILENO, block, sizeof block)) > 0) {
        if (fwrite(block, 1, n, stdout) != (size_t)n || fflush(stdout) == EOF) {
            perror("write");
            return 1;
        }
    }
    if (n == -1) {
        perror("read");
        return 1;
    }
    if (reading) remove(path);
    return 0;
}

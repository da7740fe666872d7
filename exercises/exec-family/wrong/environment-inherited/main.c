#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc < 3) {
        fprintf(stderr, "us: %s VARIANT PROGRAMA ARG...\n", argv[0]);
        return 2;
    }
    if (strncmp(argv[1], "execl", 5) != 0 && strncmp(argv[1], "execv", 5) != 0) {
        fprintf(stderr, "%s: variant desconeguda\n", argv[1]);
        return 2;
    }
    if (strchr(argv[1], 'p'))
        execvp(argv[2], &argv[2]);
    else
        execv(argv[2], &argv[2]);
    int e = errno;
    perror("exec");
    return e == ENOENT ? 127 : 126;
}

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char *argv[]) {
    char *lab[] = {"LAB=1", NULL};
    if (argc < 3) {
        fprintf(stderr, "us: %s VARIANT PROGRAMA ARG...\n", argv[0]);
        return 2;
    }
    if (strncmp(argv[1], "execl", 5) != 0 && strncmp(argv[1], "execv", 5) != 0) {
        fprintf(stderr, "%s?\n", argv[1]);
        return 2;
    }
    execvpe(argv[2], argv + 2, argv[1][strlen(argv[1]) - 1] == 'e' ? lab : environ);
    int e = errno;
    perror(argv[2]);
    return e == ENOENT ? 127 : 126;
}

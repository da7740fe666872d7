#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    const char *variants[] = {"execl", "execv", "execle", "execve", "execlp", "execvp", "execlpe", "execvpe"};
    char *lab[] = {"LAB=1", NULL};
    int quina = -1;
    if (argc < 3) {
        fprintf(stderr, "us: %s VARIANT PROGRAMA ARG...\n", argv[0]);
        return 2;
    }
    for (int i = 0; i < 8; i++) {
        if (strcmp(variants[i], argv[1]) == 0) quina = i;
    }
    switch (quina) {
    case 0:
    case 1:
        execv(argv[2], argv + 2); /* fallthrough */
    case 2:
    case 3:
        execve(argv[2], argv + 2, lab); /* fallthrough */
    case 4:
    case 5:
        execvp(argv[2], argv + 2); /* fallthrough */
    case 6:
    case 7:
        execvpe(argv[2], argv + 2, lab);
        break;
    default:
        fprintf(stderr, "variant desconeguda\n");
        return 2;
    }
    int e = errno;
    perror("exec");
    return e == ENOENT ? 127 : 126;
}

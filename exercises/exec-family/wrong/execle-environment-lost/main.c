#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char *argv[]) {
    char *lab[] = {"LAB=1", NULL};
    char *a[4] = {NULL, NULL, NULL, NULL};
    if (argc < 3) {
        fprintf(stderr, "us: %s VARIANT PROGRAMA ARG...\n", argv[0]);
        return 2;
    }
    for (int i = 2; i < argc && i < 6; i++) a[i - 2] = argv[i];
    char *v = argv[1];
    if (!strcmp(v, "execl"))
        execl(a[0], a[0], a[1], a[2], a[3], NULL);
    else if (!strcmp(v, "execlp"))
        execlp(a[0], a[0], a[1], a[2], a[3], NULL);
    else if (!strcmp(v, "execle"))
        execle(a[0], a[0], a[1], a[2], a[3], NULL, lab);
    else if (!strcmp(v, "execv"))
        execv(argv[2], argv + 2);
    else if (!strcmp(v, "execve"))
        execve(argv[2], argv + 2, lab);
    else if (!strcmp(v, "execvp"))
        execvp(argv[2], argv + 2);
    else if (!strcmp(v, "execvpe") || !strcmp(v, "execlpe"))
        execvpe(argv[2], argv + 2, lab);
    else {
        fprintf(stderr, "variant desconeguda\n");
        return 2;
    }
    int e = errno;
    perror(argv[2]);
    return e == ENOENT ? 127 : 126;
}

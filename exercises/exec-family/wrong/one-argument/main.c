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
    char *p = argv[2], *v = argv[1];
    if (!strcmp(v, "execl")) {
        execl(p, p, argv[3], NULL);
    } else if (!strcmp(v, "execlp")) {
        execlp(p, p, argv[3], NULL);
    } else if (!strcmp(v, "execle")) {
        execle(p, p, argv[3], NULL, lab);
    } else if (!strcmp(v, "execlpe")) {
        environ = lab;
        execlp(p, p, argv[3], NULL);
    } else if (!strcmp(v, "execv")) {
        execv(p, argv + 2);
    } else if (!strcmp(v, "execve")) {
        execve(p, argv + 2, lab);
    } else if (!strcmp(v, "execvp")) {
        execvp(p, argv + 2);
    } else if (!strcmp(v, "execvpe")) {
        execvpe(p, argv + 2, lab);
    } else {
        fprintf(stderr, "variant desconeguda\n");
        return 2;
    }
    int e = errno;
    perror(p);
    return e == ENOENT ? 127 : 126;
}

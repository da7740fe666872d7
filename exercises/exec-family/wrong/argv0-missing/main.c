#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char *argv[]) {
    char *nou[] = {"LAB=1", NULL};
    if (argc < 3) {
        fprintf(stderr, "us: %s VARIANT PROGRAMA ARG...\n", argv[0]);
        return 2;
    }
    char *v = argv[1];
    if (!strcmp(v, "execl") || !strcmp(v, "execv"))
        execv(argv[2], argv + 3);
    else if (!strcmp(v, "execle") || !strcmp(v, "execve"))
        execve(argv[2], argv + 3, nou);
    else if (!strcmp(v, "execlp") || !strcmp(v, "execvp"))
        execvp(argv[2], argv + 3);
    else if (!strcmp(v, "execlpe") || !strcmp(v, "execvpe"))
        execvpe(argv[2], argv + 3, nou);
    else {
        fprintf(stderr, "variant desconeguda\n");
        return 2;
    }
    int e = errno;
    perror(argv[2]);
    return e == ENOENT ? 127 : 126;
}

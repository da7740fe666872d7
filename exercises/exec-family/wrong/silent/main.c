#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char *argv[]) {
    if (argc < 3) {
        fprintf(stderr, "usage: %s VARIANT PROGRAM ARG...\n", argv[0]);
        return 2;
    }
    char *v = argv[1];
    char *lab[] = {"LAB=1", NULL};
    if (strncmp(v, "execl", 5) && strncmp(v, "execv", 5)) {
        fprintf(stderr, "unknown variant\n");
        return 2;
    }
    char **env = v[strlen(v) - 1] == 'e' ? lab : environ;
    if (strchr(v, 'p') != NULL)
        execvpe(argv[2], argv + 2, env);
    else
        execve(argv[2], argv + 2, env);
    return errno == ENOENT ? 127 : 126;
}

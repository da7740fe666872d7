/* Replaces itself with another program, by any variant of exec.
 *
 * The letters say what a variant gets: l the arguments one by one, v as an array; p a name to be looked for in PATH, else a path; e an
 * environment, else the program keeps that of the process. */
#define _GNU_SOURCE /* execvpe */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static char *lab_environment[] = {"LAB=1", NULL};

/* execle stops at the first NULL and takes what follows for the environment: a call for each number of arguments. `count` is that of
 * all, the program's own name too. */
static int run_execle(char *a[], int count) {
    switch (count) {
    case 1:
        return execle(a[0], a[0], NULL, lab_environment);
    case 2:
        return execle(a[0], a[0], a[1], NULL, lab_environment);
    case 3:
        return execle(a[0], a[0], a[1], a[2], NULL, lab_environment);
    default:
        return execle(a[0], a[0], a[1], a[2], a[3], NULL, lab_environment);
    }
}

/* Comes back only if exec fails, or if there is no such variant (0). `argv` begins with the program's own name. */
static int run(const char *variant, char *argv[], int count) {
    char *a[4] = {NULL}; /* the other l variants stop at the first NULL too, and look at nothing behind it */
    for (int i = 0; i < 4 && i < count; i++) a[i] = argv[i];

    if (strcmp(variant, "execl") == 0) return execl(a[0], a[0], a[1], a[2], a[3], NULL);
    if (strcmp(variant, "execlp") == 0) return execlp(a[0], a[0], a[1], a[2], a[3], NULL);
    if (strcmp(variant, "execle") == 0) return run_execle(a, count);
    if (strcmp(variant, "execv") == 0) return execv(argv[0], argv);
    if (strcmp(variant, "execvp") == 0) return execvp(argv[0], argv);
    if (strcmp(variant, "execve") == 0) return execve(argv[0], argv, lab_environment);
    if (strcmp(variant, "execvpe") == 0) return execvpe(argv[0], argv, lab_environment);
    if (strcmp(variant, "execlpe") == 0) { /* C has none: execlp takes the environment of the process */
        environ = lab_environment;
        return execlp(a[0], a[0], a[1], a[2], a[3], NULL);
    }
    return 0;
}

int main(int argc, char *argv[]) {
    if (argc < 3) {
        fprintf(stderr, "usage: %s VARIANT PROGRAM ARG...\n", argv[0]);
        return 2;
    }
    if (run(argv[1], argv + 2, argc - 2) == 0) {
        fprintf(stderr, "%s: no such variant\n", argv[1]);
        return 2;
    }
    int error = errno; /* perror may change it */
    perror(argv[2]);
    return error == ENOENT ? 127 : 126;
}

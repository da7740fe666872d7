#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    char *entorn[] = {"LAB=1", NULL};
    if (argc < 3) {
        fprintf(stderr, "us: %s VARIANT PROGRAMA ARG...\n", argv[0]);
        return 2;
    }
    char lletra = argv[1][5];
    if (lletra == 'p')
        execvp(argv[1], argv + 1);
    else if (lletra == 'e')
        execve(argv[1], argv + 1, entorn);
    else
        execv(argv[1], argv + 1);
    perror(argv[1]);
    return errno == ENOENT ? 127 : 126;
}

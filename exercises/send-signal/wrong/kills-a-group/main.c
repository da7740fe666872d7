#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char *argv[]) {
    char *end;
    if (argc != 3) {
        fprintf(stderr, "usage: %s SIGNAL PID\n", argv[0]);
        return 2;
    }
    long pid = strtol(argv[2], &end, 10);
    if (end == argv[2] || *end != '\0') {
        fprintf(stderr, "%s is no PID\n", argv[2]);
        return 2;
    }
    long number = strtol(argv[1], &end, 10);
    if (*end != '\0') {
        const char *name = strncmp(argv[1], "SIG", 3) ? argv[1] : argv[1] + 3;
        number = 0;
        for (int i = 1; i < NSIG; i++)
            if (sigabbrev_np(i) && !strcmp(sigabbrev_np(i), name)) number = i;
    }
    if (number <= 0 || number > 64) {
        fprintf(stderr, "%s is no signal\n", argv[1]);
        return 1;
    }
    if (kill((pid_t)pid, (int)number) == -1) {
        perror("kill");
        return 1;
    }
    return 0;
}

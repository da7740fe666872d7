#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "us: %s SENYAL PID\n", argv[0]);
        return 2;
    }
    int s = atoi(argv[1]);
    char *nom = argv[1];
    if (strncmp(nom, "SIG", 3) == 0) nom += 3;
    if (!strcmp(nom, "HUP")) s = SIGHUP;
    if (!strcmp(nom, "INT")) s = SIGINT;
    if (!strcmp(nom, "KILL")) s = SIGKILL;
    if (!strcmp(nom, "USR1")) s = SIGUSR1;
    if (!strcmp(nom, "USR2")) s = SIGUSR2;
    if (!strcmp(nom, "TERM")) s = SIGTERM;
    if (!strcmp(nom, "CHLD")) s = SIGCHLD;
    if (!strcmp(nom, "CONT")) s = SIGCONT;
    if (!strcmp(nom, "STOP")) s = SIGSTOP;
    if (kill(atoi(argv[2]), s) == -1) {
        perror("kill");
        return 1;
    }
    return 0;
}

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *noms[] = {"",     "HUP",  "INT",  "QUIT", "ILL",  "TRAP", "ABRT", "EMT",  "FPE",    "KILL", "BUS",
                             "SEGV", "SYS",  "PIPE", "ALRM", "TERM", "URG",  "STOP", "TSTP", "CONT",   "CHLD", "TTIN",
                             "TTOU", "IO",   "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "INFO", "USR1", "USR2"};

int main(int argc, char *argv[]) {
    char *fi;
    long pid = argc == 3 ? strtol(argv[2], &fi, 10) : 0;
    if (pid <= 0 || *fi != '\0') {
        fprintf(stderr, "us: %s SENYAL PID\n", argv[0]);
        return 2;
    }
    long s = strtol(argv[1], &fi, 10);
    if (fi == argv[1]) {
        const char *nom = strncmp(argv[1], "SIG", 3) == 0 ? argv[1] + 3 : argv[1];
        for (int i = 1; i < 32; i++)
            if (strcmp(nom, noms[i]) == 0) s = i;
    } else if (*fi != '\0') {
        s = 0;
    }
    if (s <= 0 || s > 64) {
        fprintf(stderr, "%s: senyal desconegut\n", argv[1]);
        return 1;
    }
    if (kill((pid_t)pid, (int)s) == -1) {
        perror("kill");
        return 1;
    }
    return 0;
}

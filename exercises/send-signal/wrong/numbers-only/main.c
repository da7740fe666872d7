#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    char *end;
    if (argc != 3 || strtol(argv[2], &end, 10) <= 0 || *end != '\0') {
        fprintf(stderr, "us: %s SENYAL PID\n", argv[0]);
        return 2;
    }
    int senyal = atoi(argv[1]);
    if (senyal == 0) {
        fprintf(stderr, "senyal incorrecte\n");
        return 1;
    }
    if (kill(atoi(argv[2]), senyal) == -1) {
        perror("kill");
        return 1;
    }
    return 0;
}

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    char ordre[1000];
    if (argc != 3) {
        fprintf(stderr, "us: %s PARAULA FITXER\n", argv[0]);
        return 2;
    }
    snprintf(ordre, sizeof ordre, "grep '%s' '%s' | wc -l", argv[1], argv[2]);
    return system(ordre) == 0 ? 0 : 1;
}

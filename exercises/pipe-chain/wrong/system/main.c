#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int main(int argc, char *argv[]) {
    char command[5000];

    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    snprintf(command, sizeof command, "cat '%s' | sort | wc -l > carta.txt", argv[1]);
    int status = system(command);
    if (status == -1) {
        perror("system");
        return 1;
    }
    return WEXITSTATUS(status);
}

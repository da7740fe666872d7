#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2 || argv[1][strspn(argv[1], "0123456789")] != 0 || argv[1][0] == 0) {
        fprintf(stderr, "us: %s PID\n", argv[0]);
        return 2;
    }
    char cami[100], desti[5000];
    snprintf(cami, sizeof cami, "/proc/%s", argv[1]);
    if (access(cami, F_OK) == -1) {
        perror(cami);
        return 1;
    }
    for (int fd = 0; fd < 1024; fd++) {
        snprintf(cami, sizeof cami, "/proc/self/fd/%d", fd);
        ssize_t n = readlink(cami, desti, sizeof desti - 1);
        if (n == -1) continue;
        desti[n] = '\0';
        printf("%d %s\n", fd, desti);
    }
    return 0;
}

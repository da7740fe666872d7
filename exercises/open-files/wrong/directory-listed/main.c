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
    char cami[100], enllac[400], desti[5000];
    snprintf(cami, sizeof cami, "/proc/%s/fd", argv[1]);
    DIR *d = opendir(cami);
    if (d == NULL) {
        perror(cami);
        return 1;
    }
    struct dirent *e;
    while ((e = readdir(d)) != NULL) {
        if (e->d_name[0] == '.') continue;
        snprintf(enllac, sizeof enllac, "%s/%s", cami, e->d_name);
        ssize_t n = readlink(enllac, desti, sizeof desti - 1);
        if (n == -1) continue;
        desti[n] = '\0';
        printf("%s %s\n", e->d_name, desti);
    }
    closedir(d);
    return 0;
}

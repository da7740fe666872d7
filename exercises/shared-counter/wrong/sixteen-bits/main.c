/* Sixteen bits hold 65535 and no more. */
#include <err.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int n, m, used_n = 0, used_m = 0;
    if (argc != 3 || sscanf(argv[1], "%d%n", &n, &used_n) != 1 || argv[1][used_n] != '\0' ||
        sscanf(argv[2], "%d%n", &m, &used_m) != 1 || argv[2][used_m] != '\0')
        errx(2, "usage: shared-counter N M");
    _Atomic unsigned short *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counter == MAP_FAILED) err(1, "mmap");
    int started = 0;
    for (; started < n; started++) {
        pid_t pid = fork();
        if (pid == -1) break;
        if (pid > 0) continue;
        for (int i = 0; i < m; i++) atomic_fetch_add(counter, 1);
        exit(0);
    }
    if (started < n) warn("fork");
    for (int i = 0; i < started; i++) wait(NULL);
    if (started < n) exit(1);
    printf("%u\n", atomic_load(counter));
    exit(0);
}

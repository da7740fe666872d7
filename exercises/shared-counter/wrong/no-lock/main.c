/* No lock at all: an addition reads, adds and writes back, and another process may come in between. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static long number(const char *text) {
    char *end;
    long value = strtol(text, &end, 10);
    return end != text && *end == '\0' ? value : -1;
}

int main(int argc, char *argv[]) {
    long children = argc == 3 ? number(argv[1]) : -1;
    long times = argc == 3 ? number(argv[2]) : -1;
    if (children < 1 || times < 0) {
        fprintf(stderr, "usage: %s N M\n", argv[0]);
        return 2;
    }
    long *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counter == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    int result = 0;
    for (long i = 0; i < children && result == 0; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            for (long j = 0; j < times; j++) ++*counter;
            _exit(0);
        }
        if (pid == -1) {
            perror("fork");
            result = 1;
        }
    }
    while (wait(NULL) > 0) {
    }
    if (result == 0) printf("%ld\n", *counter);
    return result;
}

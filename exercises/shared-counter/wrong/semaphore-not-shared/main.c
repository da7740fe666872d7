/* The semaphore may be shared between processes, says the 1, but it lies in memory that is not: after fork each has one of its own. */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static sem_t lock;

static long number(const char *text) {
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0') {
        fprintf(stderr, "%s: not a number\n", text);
        exit(2);
    }
    return value;
}

int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s N M\n", argv[0]);
        return 2;
    }
    long n = number(argv[1]), m = number(argv[2]);
    long *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counter == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    sem_init(&lock, 1, 1);
    int failed = 0;
    for (long i = 0; i < n && !failed; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            for (long j = 0; j < m; j++) {
                sem_wait(&lock);
                *counter += 1;
                sem_post(&lock);
            }
            _exit(0);
        }
        if (pid == -1) {
            perror("fork");
            failed = 1;
        }
    }
    while (wait(NULL) > 0) continue;
    if (failed) return 1;
    printf("%ld\n", *counter);
    return 0;
}

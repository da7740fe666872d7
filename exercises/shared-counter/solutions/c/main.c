/* N processes add 1 to one counter, M times each. Counter and semaphore lie in one shared mapping, which goes with the last process. */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
    sem_t turn; /* 1: the counter is free */
    long counter;
};

static long number(const char *text) {
    char *end;
    long value = strtol(text, &end, 10);
    return end != text && *end == '\0' ? value : -1;
}

static void count(struct shared *shared, long times) {
    for (long i = 0; i < times; i++) {
        sem_wait(&shared->turn);
        shared->counter++; /* reads, adds and writes back: nobody else may come in between */
        sem_post(&shared->turn);
    }
}

int main(int argc, char *argv[]) {
    long children = argc == 3 ? number(argv[1]) : -1;
    long times = argc == 3 ? number(argv[2]) : -1;
    if (children < 1 || times < 0) {
        fprintf(stderr, "usage: %s N M\n", argv[0]);
        return 2;
    }
    struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED || sem_init(&shared->turn, 1, 1) == -1) { /* the first 1: shared between processes */
        perror("shared memory");
        return 1;
    }
    int result = 0;
    for (long i = 0; i < children && result == 0; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            count(shared, times);
            _exit(0);
        }
        if (pid == -1) {
            perror("fork");
            result = 1;
        }
    }
    while (wait(NULL) > 0) {
    }
    if (result == 0) printf("%ld\n", shared->counter);
    return result;
}

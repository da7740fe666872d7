#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct tot {
    sem_t sem, fet;
    int c;
};

int main(int argc, char *argv[]) {
    char *fi, *fi2;
    if (argc != 3) {
        fprintf(stderr, "us: %s N M\n", argv[0]);
        return 2;
    }
    int n = strtol(argv[1], &fi, 10), m = strtol(argv[2], &fi2, 10);
    if (fi == argv[1] || *fi || fi2 == argv[2] || *fi2) {
        fprintf(stderr, "us: %s N M\n", argv[0]);
        return 2;
    }
    struct tot *t = mmap(NULL, sizeof *t, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sem_init(&t->sem, 1, 1);
    sem_init(&t->fet, 1, 0);
    for (int i = 0; i < n; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            perror("fork");
            while (wait(NULL) > 0) {
            }
            exit(1);
        }
        if (pid == 0) {
            for (int j = 0; j < m; j++) {
                sem_wait(&t->sem);
                t->c++;
                sem_post(&t->sem);
            }
            sem_post(&t->fet);
            exit(0);
        }
    }
    for (int i = 0; i < n; i++) sem_wait(&t->fet);
    printf("%d\n", t->c);
    return 0;
}

#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

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
    int fd = shm_open("/comptador", O_CREAT | O_RDWR, 0600);
    if (fd == -1 || ftruncate(fd, sizeof(int)) == -1) {
        perror("shm_open");
        return 1;
    }
    int *c = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    sem_unlink("/semafor");
    sem_t *sem = sem_open("/semafor", O_CREAT, 0600, 1);
    sem_unlink("/semafor");
    *c = 0;
    for (int i = 0; i < n; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            perror("fork");
            while (wait(NULL) > 0) {
            }
            shm_unlink("/comptador");
            exit(1);
        }
        if (pid == 0) {
            for (int j = 0; j < m; j++) {
                sem_wait(sem);
                (*c)++;
                sem_post(sem);
            }
            exit(0);
        }
    }
    while (wait(NULL) > 0) {
    }
    printf("%d\n", *c);
    return 0;
}

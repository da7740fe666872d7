#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
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
    int shm = shmget(IPC_PRIVATE, sizeof(int), 0600), sem = semget(IPC_PRIVATE, 1, 0600);
    int *c = shmat(shm, NULL, 0);
    semctl(sem, 0, SETVAL, 1);
    struct sembuf p = {0, -1, 0}, v = {0, 1, 0};
    for (int i = 0; i < n; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            perror("fork");
            while (wait(NULL) > 0) {
            }
            shmctl(shm, IPC_RMID, NULL);
            semctl(sem, 0, IPC_RMID);
            exit(1);
        }
        if (pid == 0) {
            for (int j = 0; j < m; j++) {
                semop(sem, &p, 1);
                (*c)++;
                semop(sem, &v, 1);
            }
            exit(0);
        }
    }
    while (wait(NULL) > 0) {
    }
    printf("%d\n", *c);
    shmctl(shm, IPC_RMID, NULL);
    return 0;
}

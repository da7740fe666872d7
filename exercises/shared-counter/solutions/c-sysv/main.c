/* System V: shmget and semget. Both outlive their processes, so they are removed. SEM_UNDO gives the semaphore back if a child is killed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

static int memory = -1, semaphore = -1;

static void remove_objects(void) {
    if (memory != -1) shmctl(memory, IPC_RMID, NULL);
    if (semaphore != -1) semctl(semaphore, 0, IPC_RMID);
}

static void die(const char *what) {
    perror(what);
    while (wait(NULL) > 0) {
    }
    remove_objects();
    exit(1);
}

static void change(short by) {
    struct sembuf operation = {.sem_num = 0, .sem_op = by, .sem_flg = SEM_UNDO};
    while (semop(semaphore, &operation, 1) == -1)
        if (errno != EINTR) _exit(1);
}

static int parse(const char *text, int *number) {
    char rest;
    return sscanf(text, "%d%c", number, &rest) == 1 && *number >= 0;
}

int main(int argc, char *argv[]) {
    int n, m;
    if (argc != 3 || !parse(argv[1], &n) || !parse(argv[2], &m)) {
        fprintf(stderr, "usage: %s N M\n", argv[0]);
        return 2;
    }
    memory = shmget(IPC_PRIVATE, sizeof(int), IPC_CREAT | 0600);
    if (memory == -1) die("shmget");
    int *counter = shmat(memory, NULL, 0);
    if (counter == (void *)-1) die("shmat");
    semaphore = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    if (semaphore == -1 || semctl(semaphore, 0, SETVAL, 1) == -1) die("semget");

    for (int i = 0; i < n; i++) {
        pid_t pid = fork();
        if (pid == -1) die("fork");
        if (pid == 0) {
            for (int j = 0; j < m; j++) {
                change(-1);
                *counter = *counter + 1;
                change(1);
            }
            shmdt(counter);
            _exit(0);
        }
    }
    while (wait(NULL) > 0) {
    }
    printf("%d\n", *counter);
    remove_objects();
    return 0;
}

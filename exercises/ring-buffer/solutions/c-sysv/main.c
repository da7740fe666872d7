/* System V shared memory and a set of two semaphores. Both are removed as soon as both processes have them, where that can be done. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FREE, FILLED };

static int semaphores = -1;

static void change(unsigned short which, short by) {
    struct sembuf operation = {which, by, 0};
    while (semop(semaphores, &operation, 1) == -1) {
        if (errno == EINTR) continue;
        perror("semop");
        _exit(1);
    }
}

int main(void) {
    int memory = shmget(IPC_PRIVATE, 8 * 4096, IPC_CREAT | 0600);
    char(*slots)[4096] = memory == -1 ? (void *)-1 : shmat(memory, NULL, 0);
    if (memory != -1) shmctl(memory, IPC_RMID, NULL); /* it goes when the last one has let go of it */
    semaphores = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
    if (slots == (void *)-1 || semaphores == -1) {
        perror("shmget or semget");
        return 1;
    }
    semctl(semaphores, FREE, SETVAL, 8);
    semctl(semaphores, FILLED, SETVAL, 0);

    pid_t producer = fork();
    if (producer == -1) {
        perror("fork");
        semctl(semaphores, 0, IPC_RMID);
        return 1;
    }
    if (producer == 0) {
        char line[4096];
        int i = 0;
        while (fgets(line, sizeof line, stdin) != NULL) {
            change(FREE, -1);
            strcpy(slots[i], line);
            change(FILLED, 1);
            i = (i + 1) & 7;
        }
        change(FREE, -1);
        slots[i][0] = '\0'; /* no line is empty: it has its newline at least */
        change(FILLED, 1);
        exit(0);
    }
    for (int i = 0;; i = (i + 1) & 7) {
        change(FILLED, -1);
        if (slots[i][0] == '\0') break;
        if (write(STDOUT_FILENO, slots[i], strlen(slots[i])) == -1) break;
        change(FREE, 1);
    }
    waitpid(producer, NULL, 0);
    semctl(semaphores, 0, IPC_RMID);
    return 0;
}

/* POSIX: shm_open and sem_open, by name; each child opens both itself. The names go at once when they are no longer needed. */
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static char name[64];

static long *map(int flags) {
    int fd = shm_open(name, O_RDWR | flags, 0600);
    if (fd == -1 || ftruncate(fd, sizeof(long)) == -1) return NULL;
    long *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return counter == MAP_FAILED ? NULL : counter;
}

static int child(int times) {
    long *counter = map(0);
    sem_t *lock = sem_open(name, 0);
    if (counter == NULL || lock == SEM_FAILED) return 1;
    for (int i = 0; i < times; i++) {
        sem_wait(lock);
        ++*counter;
        sem_post(lock);
    }
    sem_close(lock);
    munmap(counter, sizeof *counter);
    return 0;
}

int main(int argc, char *argv[]) {
    if (argc != 3 || strspn(argv[1], "0123456789") != strlen(argv[1]) || strspn(argv[2], "0123456789") != strlen(argv[2])) {
        fprintf(stderr, "usage: %s N M\n", argv[0]);
        return 2;
    }
    snprintf(name, sizeof name, "/shared-counter-%d", (int)getpid());
    long *counter = map(O_CREAT | O_EXCL);
    sem_t *lock = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
    int result = counter == NULL || lock == SEM_FAILED;
    if (result != 0) perror(name);
    for (int i = 0; result == 0 && i < atoi(argv[1]); i++) {
        pid_t pid = fork();
        if (pid == 0) _exit(child(atoi(argv[2])));
        if (pid == -1) {
            perror("fork");
            result = 1;
        }
    }
    for (int status; wait(&status) > 0;)
        if (status != 0) result = 1;
    shm_unlink(name);
    sem_unlink(name);
    if (result == 0) printf("%ld\n", *counter);
    return result;
}

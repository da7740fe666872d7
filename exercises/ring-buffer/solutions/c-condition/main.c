/* With a mutex and two condition variables that processes share; the consumer is the parent. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SLOTS 8

static struct shared {
    pthread_mutex_t mutex;
    pthread_cond_t not_full, not_empty;
    int first, count, over;
    char slots[SLOTS][4096];
} *ring;

static void share(void) {
    pthread_mutexattr_t mutex;
    pthread_mutexattr_init(&mutex);
    pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&ring->mutex, &mutex);
    pthread_condattr_t condition;
    pthread_condattr_init(&condition);
    pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
    pthread_cond_init(&ring->not_full, &condition);
    pthread_cond_init(&ring->not_empty, &condition);
}

static void put(const char *line) {
    pthread_mutex_lock(&ring->mutex);
    while (ring->count == SLOTS) pthread_cond_wait(&ring->not_full, &ring->mutex);
    if (line != NULL)
        strcpy(ring->slots[(ring->first + ring->count++) % SLOTS], line);
    else
        ring->over = 1;
    pthread_cond_signal(&ring->not_empty);
    pthread_mutex_unlock(&ring->mutex);
}

/* 0: there is nothing more. */
static int get(char line[4096]) {
    pthread_mutex_lock(&ring->mutex);
    while (ring->count == 0 && !ring->over) pthread_cond_wait(&ring->not_empty, &ring->mutex);
    int there = ring->count > 0;
    if (there) {
        strcpy(line, ring->slots[ring->first]);
        ring->first = (ring->first + 1) % SLOTS;
        ring->count--;
    }
    pthread_cond_signal(&ring->not_full);
    pthread_mutex_unlock(&ring->mutex);
    return there;
}

int main(void) {
    char line[4096];
    ring = mmap(NULL, sizeof *ring, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (ring == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    share();
    switch (fork()) {
    case -1:
        perror("fork");
        return 1;
    case 0:
        while (fgets(line, sizeof line, stdin) != NULL) put(line);
        put(NULL);
        return 0;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (get(line)) fputs(line, stdout);
    wait(NULL);
    return 0;
}

/* With nine slots the producer gets one line further ahead than it may. */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kSlots = 9, kLine = 4096 };

struct ring {
    sem_t free, filled;
    struct {
        size_t length; /* 0: the end of the input */
        char text[kLine];
    } slots[kSlots];
};

static void produce(struct ring *ring) {
    char *line = NULL;
    size_t room = 0;
    for (unsigned next = 0;; next = (next + 1) % kSlots) {
        ssize_t length = getline(&line, &room, stdin);
        sem_wait(&ring->free);
        ring->slots[next].length = length > 0 ? (size_t)length : 0;
        for (ssize_t i = 0; i < length && i < kLine; i++) ring->slots[next].text[i] = line[i];
        sem_post(&ring->filled);
        if (length <= 0) break;
    }
    free(line);
}

static void consume(struct ring *ring) {
    for (unsigned next = 0;; next = (next + 1) % kSlots) {
        sem_wait(&ring->filled);
        size_t length = ring->slots[next].length;
        if (length == 0) return;
        fwrite(ring->slots[next].text, 1, length, stdout);
        fflush(stdout);
        sem_post(&ring->free);
    }
}

int main(void) {
    struct ring *ring = mmap(NULL, sizeof *ring, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (ring == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    /* The first number: shared between processes. Without it a wait here is never woken from there. */
    sem_init(&ring->free, 1, kSlots);
    sem_init(&ring->filled, 1, 0);
    pid_t consumer = fork();
    if (consumer == -1) {
        perror("fork");
        return 1;
    }
    if (consumer == 0) {
        consume(ring);
        return 0;
    }
    produce(ring);
    waitpid(consumer, NULL, 0);
    return 0;
}

#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

struct Ring {
    sem_t mutex;
    int in, out, count, end;
    char lines[8][4096];
};

int main() {
    auto* ring = static_cast<Ring*>(mmap(nullptr, sizeof(Ring), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    sem_init(&ring->mutex, 1, 1);
    const pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        bool more = true;
        while (more) {
            sem_wait(&ring->mutex);
            if (ring->count > 0) {
                std::cout << ring->lines[ring->out] << std::flush;
                ring->out = (ring->out + 1) % 8;
                ring->count--;
            } else if (ring->end) {
                more = false;
            }
            sem_post(&ring->mutex);
        }
        return 0;
    }
    std::string line;
    while (std::getline(std::cin, line)) {
        bool put = false;
        while (!put) {
            sem_wait(&ring->mutex);
            if (ring->count < 8) {
                std::strcpy(ring->lines[ring->in], (line + "\n").c_str());
                ring->in = (ring->in + 1) % 8;
                ring->count++;
                put = true;
            }
            sem_post(&ring->mutex);
        }
    }
    sem_wait(&ring->mutex);
    ring->end = 1;
    sem_post(&ring->mutex);
    wait(nullptr);
    return 0;
}

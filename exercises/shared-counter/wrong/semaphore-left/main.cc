#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    char *a = nullptr, *b = nullptr;
    const long n = argc == 3 ? std::strtol(argv[1], &a, 10) : 0;
    const long m = argc == 3 ? std::strtol(argv[2], &b, 10) : 0;
    if (argc != 3 || a == argv[1] || *a != '\0' || b == argv[2] || *b != '\0') {
        std::cerr << "usage: " << argv[0] << " N M\n";
        return 2;
    }
    auto* counter = static_cast<long*>(mmap(nullptr, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    const std::string name = "/lock" + std::to_string(getpid());
    sem_t* lock = sem_open(name.c_str(), O_CREAT, 0600, 1);
    for (long i = 0; i < n; ++i) {
        const pid_t pid = fork();
        if (pid == -1) {
            perror("fork");
            while (wait(nullptr) > 0) {
            }
            sem_unlink(name.c_str());
            return 1;
        }
        if (pid == 0) {
            for (long j = 0; j < m; ++j) {
                sem_wait(lock);
                ++*counter;
                sem_post(lock);
            }
            _exit(0);
        }
    }
    while (wait(nullptr) > 0) {
    }
    std::cout << *counter << std::endl;
    sem_close(lock);
    return 0;
}

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

void live(const char* name) {
    std::cout << name << " pid " << getpid() << " ppid " << getppid() << std::endl;
}

int main() {
    live("root");
    pid_t a = fork();
    if (a == -1) {
        perror("fork");
        return 1;
    }
    if (a == 0) {
        live("A");
        if (fork() == 0) {
            live("C");
            for (;;) pause();
        }
        wait(nullptr);
        return 0;
    }
    if (fork() == 0) {
        live("B");
        for (;;) pause();
    }
    while (std::cin.get() != EOF) {
    }
    wait(nullptr);
    wait(nullptr);
    return 0;
}

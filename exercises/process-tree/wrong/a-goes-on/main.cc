#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

void show(const char* name) {
    std::cout << name << " pid " << getpid() << " ppid " << getppid() << std::endl;
}

void stay() {
    while (std::cin.get() != EOF) {
    }
    while (wait(nullptr) > 0) {
    }
}

int main() {
    show("root");
    pid_t a = fork();
    if (a == -1) {
        perror("fork");
        return 1;
    }
    if (a == 0) {
        show("A");
        if (fork() == 0) {
            show("C");
            stay();
            return 0;
        }
    }
    if (fork() == 0) {
        show("B");
        stay();
        return 0;
    }
    stay();
    return 0;
}

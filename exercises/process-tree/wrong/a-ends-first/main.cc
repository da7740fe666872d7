#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

void show(const char* name) {
    std::cout << name << " pid " << getpid() << " ppid " << getppid() << std::endl;
}

void untilEnd() {
    while (std::cin.get() != EOF) {
    }
}

int main() {
    show("root");
    pid_t a = fork();
    if (a == -1) {
        perror("fork");
        exit(1);
    }
    if (a == 0) {
        show("A");
        if (fork() == 0) {
            show("C");
            untilEnd();
            exit(0);
        }
        sleep(1);
        exit(0);
    }
    pid_t b = fork();
    if (b == 0) {
        show("B");
        untilEnd();
        exit(0);
    }
    untilEnd();
    waitpid(a, nullptr, 0);
    waitpid(b, nullptr, 0);
    return 0;
}

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

int main() {
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        setenv("LAB_TOKEN", "child", 1);
        setenv("LAB_EXTRA", "1", 1);
        execlp("env", "env", nullptr);
        perror("env");
    } else {
        wait(nullptr);
    }
    std::cout << "LAB_TOKEN=" << getenv("LAB_TOKEN") << std::endl;
    return 0;
}

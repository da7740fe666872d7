#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

int main() {
    const pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        std::string LAB_TOKEN = "child";
        std::string LAB_EXTRA = "1";
        execlp("env", "env", nullptr);
        perror("env");
        _exit(1);
    }
    wait(nullptr);
    std::cout << "LAB_TOKEN=" << getenv("LAB_TOKEN") << std::endl;
    return 0;
}

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

int main() {
    const pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        execlp("env", "env", "LAB_TOKEN=child", "LAB_EXTRA=1", nullptr);
        perror("env");
        _exit(1);
    }
    waitpid(pid, nullptr, 0);
    std::cout << "LAB_TOKEN=" << getenv("LAB_TOKEN") << '\n';
}

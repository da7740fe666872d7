#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

int main() {
    int result = 0;
    int status = 0;
    pid_t pid = fork();

    if (pid < 0) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        std::cout << "child " << getpid() << " parent " << getppid() << std::endl;
        result = 7;
    }
    if (pid >= 0) {
        waitpid(pid, &status, 0);
        std::cout << "parent " << getpid() << " child " << pid << std::endl;
        std::cout << "child exited " << WEXITSTATUS(status) << std::endl;
    }
    return result;
}

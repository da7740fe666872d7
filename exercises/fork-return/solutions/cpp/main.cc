// One fork, two processes: each knows who it is by what fork returned.
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

int RunChild() {
    std::cout << "child " << getpid() << " parent " << getppid() << '\n';
    return 7;
}

int RunParent(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) == -1) {
        std::cerr << "waitpid: " << std::strerror(errno) << '\n';
        return 1;
    }
    if (!WIFEXITED(status)) {
        std::cerr << "the child was killed by signal " << WTERMSIG(status) << '\n';
        return 1;
    }
    std::cout << "parent " << getpid() << " child " << child << '\n';
    std::cout << "child exited " << WEXITSTATUS(status) << '\n';
    return 0;
}

int main() {
    const pid_t child = fork();
    if (child == -1) {
        std::cerr << "fork: " << std::strerror(errno) << '\n';
        return 1;
    }
    return child == 0 ? RunChild() : RunParent(child);
}

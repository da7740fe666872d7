#include <sys/wait.h>
#include <unistd.h>

#include <iostream>

int main() {
    if (pid_t pid = fork()) {
        int status = 0;
        waitpid(pid, &status, 0);
        std::cout << "parent " << getpid() << " child " << pid << "\n";
        std::cout << "child exited " << WEXITSTATUS(status) << "\n";
    } else {
        std::cout << "child " << getpid() << " parent " << getppid() << "\n";
        return 7;
    }
}

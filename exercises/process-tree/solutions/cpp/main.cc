// root has two children, A and B; A has one, C. A process is a name and what it does; all end with the input they inherited.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>

using Life = std::function<void()>;

// Prints the line, does what else there is to do, and stays until the input is over and all children have ended.
void Live(const std::string& name, const Life& life) {
    std::cout << name << " pid " << getpid() << " ppid " << getppid() << std::endl;  // endl flushes
    life();
    std::string line;
    while (std::getline(std::cin, line)) {
    }
    while (wait(nullptr) > 0) {
    }
}

void Start(const std::string& name, const Life& life) {
    const pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        std::exit(1);
    }
    if (pid == 0) {
        Live(name, life);
        std::exit(0);
    }
}

int main() {
    const Life nothing = [] {};
    Live("root", [&] {
        Start("A", [&] { Start("C", nothing); });
        Start("B", nothing);
    });
}

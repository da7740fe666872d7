#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " DIR\n";
        return 2;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        int fd = open("/tmp/llista.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(fd, 1);
        execlp("ls", "ls", "-a", argv[1], nullptr);
        perror("ls");
        _exit(127);
    }
    int status;
    waitpid(pid, &status, 0);
    std::ifstream list("/tmp/llista.txt");
    std::string line;
    for (int i = 1; std::getline(list, line); ++i) std::cout << i << ": " << line << "\n";
    unlink("/tmp/llista.txt");
    std::cout << "status " << WEXITSTATUS(status) << "\n";
    return WEXITSTATUS(status);
}

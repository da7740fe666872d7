#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::cerr << "us: " << argv[0] << " DIR\n";
        return 2;
    }
    int fd[2];
    if (pipe(fd) == -1) return 1;
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        close(fd[0]);
        dup2(fd[1], 1);
        close(fd[1]);
        execlp("ls", "ls", "-a", argv[1], nullptr);
        perror("ls");
        _exit(1);
    }
    close(fd[1]);
    FILE* in = fdopen(fd[0], "r");
    char line[4096];
    int i = 1;
    while (fgets(line, sizeof line, in)) std::cout << i++ << ": " << line;
    int status = wait(nullptr) > 0 ? 0 : 1;
    std::cout << "status " << status << std::endl;
    return 0;
}

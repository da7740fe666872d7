#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " DIR\n";
        return 2;
    }
    int fd[2];
    if (pipe(fd) == -1) return 1;
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fd[1], 1);
        close(fd[0]);
        close(fd[1]);
        execlp("ls", "ls", "-a", argv[1], nullptr);
        perror("ls");
        _exit(127);
    }
    close(fd[1]);
    FILE* in = fdopen(fd[0], "r");
    char line[4096];
    for (int i = 1; fgets(line, sizeof line, in) != nullptr; ++i) std::printf("%d: %s", i, line);
    int status = 0;
    waitpid(pid, &status, 0);
    std::printf("status %d\n", WEXITSTATUS(status));
    return WEXITSTATUS(status);
}

#include <sys/wait.h>
#include <unistd.h>

#include <iostream>

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::cerr << "us: " << argv[0] << " PARAULA FITXER" << std::endl;
        return 2;
    }
    int fd[2];
    pipe(fd);
    pid_t grep = fork();
    if (grep < 0) {
        perror("fork");
        return 1;
    }
    if (grep == 0) {
        close(fd[0]);
        dup2(fd[1], STDOUT_FILENO);
        close(fd[1]);
        execlp("grep", "grep", argv[1], argv[2], nullptr);
        perror("grep");
        _exit(127);
    }
    close(fd[1]);
    pid_t wc = fork();
    if (wc == 0) {
        dup2(fd[0], STDIN_FILENO);
        close(fd[0]);
        execlp("wc", "wc", "-l", nullptr);
        perror("wc");
        _exit(127);
    }
    close(fd[0]);
    waitpid(wc, nullptr, 0);
    return 0;
}

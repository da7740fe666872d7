#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::fprintf(stderr, "us: %s PARAULA FITXER\n", argv[0]);
        return 2;
    }
    int file = open(argv[2], O_RDONLY | O_CLOEXEC);
    if (file == -1) {
        perror(argv[2]);
        return 1;
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) {
        perror("pipe");
        return 1;
    }
    pid_t grep = fork();
    if (grep == -1) {
        perror("fork");
        return 1;
    }
    if (grep == 0) {
        dup2(file, 0);
        dup2(ends[1], 1);
        execlp("grep", "grep", argv[1], nullptr);
        perror("grep");
        _exit(127);
    }
    pid_t wc = fork();
    if (wc == 0) {
        dup2(ends[0], 0);
        execlp("wc", "wc", "-l", nullptr);
        perror("wc");
        _exit(127);
    }
    close(ends[0]);
    close(ends[1]);
    waitpid(grep, nullptr, 0);
    waitpid(wc, nullptr, 0);
    return 0;
}

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

[[noreturn]] void failed(const char* what) {
    perror(what);
    _exit(127);
}

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " FILE\n";
        return 2;
    }
    int a[2], b[2];
    if (pipe(a) != 0 || pipe(b) != 0) {
        perror("pipe");
        return 1;
    }
    pid_t cat = fork();
    if (cat == 0) {
        dup2(a[1], 1);
        close(a[0]);
        close(a[1]);
        close(b[0]);
        close(b[1]);
        execlp("cat", "cat", argv[1], nullptr);
        failed("cat");
    }
    pid_t sort = fork();
    if (sort == 0) {
        dup2(a[0], 0);
        dup2(b[1], 1);
        close(a[0]);
        close(a[1]);
        close(b[0]);
        close(b[1]);
        execlp("sort", "sort", nullptr);
        failed("sort");
    }
    pid_t wc = fork();
    if (wc == 0) {
        // wc has nothing to do with the first pipe
        dup2(b[0], 0);
        close(b[0]);
        close(b[1]);
        int fd = open("carta.txt", O_CREAT | O_TRUNC | O_WRONLY, 0644);
        if (fd < 0) {
            perror("carta.txt");
            _exit(1);
        }
        dup2(fd, 1);
        close(fd);
        execlp("wc", "wc", "-l", nullptr);
        failed("wc");
    }
    close(a[0]);
    close(a[1]);
    close(b[0]);
    close(b[1]);
    int status = 0;
    waitpid(cat, nullptr, 0);
    waitpid(sort, nullptr, 0);
    waitpid(wc, &status, 0);
    return WEXITSTATUS(status);
}

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    int p1[2], p2[2];
    if (pipe(p1) == -1 || pipe(p2) == -1) {
        perror("pipe");
        return 1;
    }

    pid_t cat = fork();
    if (cat == 0) {
        dup2(p1[1], 1);
        close(p1[0]);
        close(p1[1]);
        close(p2[0]);
        close(p2[1]);
        execlp("cat", "cat", argv[1], NULL);
        perror("cat");
        _exit(127);
    }

    pid_t sort = fork();
    if (sort == 0) {
        dup2(p1[0], 0);
        dup2(p2[1], 1);
        close(p1[0]);
        close(p1[1]);
        close(p2[0]);
        close(p2[1]);
        execlp("sort", "sort", NULL);
        perror("sort");
        _exit(127);
    }

    pid_t wc = fork();
    if (wc == 0) {
        int fd = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (fd == -1) {
            perror("carta.txt");
            _exit(1);
        }
        dup2(p2[0], 0);
        dup2(fd, 1);
        close(fd);
        close(p1[0]);
        close(p1[1]);
        close(p2[0]);
        close(p2[1]);
        execlp("wc", "wc", "-l", NULL);
        perror("wc");
        _exit(127);
    }

    int status;
    close(p1[0]);
    close(p2[0]);
    waitpid(cat, NULL, 0);
    waitpid(sort, NULL, 0);
    waitpid(wc, &status, 0);
    return WEXITSTATUS(status);
}

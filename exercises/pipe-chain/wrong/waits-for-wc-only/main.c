#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int p1[2], p2[2];

static void close_pipes(void) {
    close(p1[0]);
    close(p1[1]);
    close(p2[0]);
    close(p2[1]);
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    if (pipe(p1) == -1 || pipe(p2) == -1) {
        perror("pipe");
        return 1;
    }
    if (fork() == 0) {
        dup2(p1[1], 1);
        close_pipes();
        execlp("cat", "cat", argv[1], NULL);
        perror("cat");
        _exit(127);
    }
    if (fork() == 0) {
        dup2(p1[0], 0);
        dup2(p2[1], 1);
        close_pipes();
        execlp("sort", "sort", NULL);
        perror("sort");
        _exit(127);
    }
    pid_t wc = fork();
    if (wc == 0) {
        dup2(p2[0], 0);
        close_pipes();
        int fd = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (fd == -1) {
            perror("carta.txt");
            _exit(1);
        }
        dup2(fd, 1);
        close(fd);
        execlp("wc", "wc", "-l", NULL);
        perror("wc");
        _exit(127);
    }
    close_pipes();

    int status;
    waitpid(wc, &status, 0); /* when wc has ended, the others have too */
    return WEXITSTATUS(status);
}

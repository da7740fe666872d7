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
    pid_t cat = fork();
    if (cat == 0) {
        dup2(p1[1], 1);
        close_pipes();
        execlp("cat", "cat", argv[1], NULL);
        perror("cat"); /* back here only on error */
    }
    pid_t sort = fork();
    if (sort == 0) {
        dup2(p1[0], 0);
        dup2(p2[1], 1);
        close_pipes();
        execlp("sort", "sort", NULL);
        perror("sort"); /* back here only on error */
    }
    pid_t wc = fork();
    if (wc == 0) {
        int fd = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (fd == -1) {
            perror("carta.txt");
            _exit(1);
        }
        dup2(fd, 1);
        close(fd);
        dup2(p2[0], 0);
        close_pipes();
        execlp("wc", "wc", "-l", NULL);
        perror("wc"); /* back here only on error */
    }
    close_pipes();
    int status = 0;
    waitpid(cat, NULL, 0);
    waitpid(sort, NULL, 0);
    waitpid(wc, &status, 0);
    return WEXITSTATUS(status);
}

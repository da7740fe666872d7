#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    int a[2], b[2], status;

    if (pipe(a) == -1) {
        perror("pipe");
        return 1;
    }
    if (fork() == 0) {
        dup2(a[1], 1);
        close(a[0]);
        close(a[1]);
        execlp("cat", "cat", argv[1], NULL);
        perror("cat");
        _exit(127);
    }
    close(a[1]);
    wait(NULL); /* cat is done, now sort */

    if (pipe(b) == -1) {
        perror("pipe");
        return 1;
    }
    if (fork() == 0) {
        dup2(a[0], 0);
        dup2(b[1], 1);
        close(a[0]);
        close(b[0]);
        close(b[1]);
        execlp("sort", "sort", NULL);
        perror("sort");
        _exit(127);
    }
    close(a[0]);
    close(b[1]);
    wait(NULL); /* sort is done, now wc */

    if (fork() == 0) {
        int carta = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (carta == -1) {
            perror("carta.txt");
            _exit(1);
        }
        dup2(b[0], 0);
        dup2(carta, 1);
        close(b[0]);
        close(carta);
        execlp("wc", "wc", "-l", NULL);
        perror("wc");
        _exit(127);
    }
    close(b[0]);
    wait(&status);
    return WEXITSTATUS(status);
}

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    int p[2];
    if (argc != 3) {
        fprintf(stderr, "us: %s PARAULA FITXER\n", argv[0]);
        exit(2);
    }
    if (pipe(p) == -1) {
        perror("pipe");
        exit(1);
    }
    pid_t a = fork();
    if (a == -1) {
        perror("fork");
        exit(1);
    }
    if (a == 0) {
        dup2(p[1], 1);
        close(p[0]);
        close(p[1]);
        execlp("grep", "grep", argv[1], argv[2], NULL);
        perror("grep");
        _exit(127);
    }
    if (fork() == 0) {
        dup2(p[0], 0);
        close(p[0]);
        close(p[1]);
        execlp("wc", "wc", "-l", NULL);
        perror("wc");
        _exit(127);
    }
    close(p[0]);
    close(p[1]);
    return 0;
}

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    int in[2], out[2];
    pid_t pids[3];

    if (pipe(in) == -1) {
        perror("pipe");
        return 1;
    }
    pids[0] = fork();
    if (pids[0] == 0) {
        close(in[0]);
        dup2(in[1], 1);
        close(in[1]);
        execlp("cat", "cat", argv[1], NULL);
        perror("cat");
        _exit(127);
    }

    if (pipe(out) == -1) {
        perror("pipe");
        return 1;
    }
    pids[1] = fork();
    if (pids[1] == 0) {
        dup2(in[0], 0);
        close(in[0]);
        close(out[0]);
        dup2(out[1], 1);
        close(out[1]);
        execlp("sort", "sort", NULL);
        perror("sort");
        _exit(127);
    }
    close(in[0]);
    close(in[1]);
    close(out[1]);

    pids[2] = fork();
    if (pids[2] == 0) {
        int carta = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (carta == -1) {
            perror("carta.txt");
            _exit(1);
        }
        dup2(out[0], 0);
        close(out[0]);
        dup2(carta, 1);
        close(carta);
        execlp("wc", "wc", "-l", NULL);
        perror("wc");
        _exit(127);
    }
    close(out[0]);

    int status = 0;
    for (int i = 0; i < 3; i++) waitpid(pids[i], &status, 0);
    return WEXITSTATUS(status);
}

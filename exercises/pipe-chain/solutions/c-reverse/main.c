/* The chain built from its end: wc first, then sort, then cat. Both pipes are made beforehand, and every descriptor
 * closes itself on exec, so the children close nothing. The parent waits for whoever ends next. */
#define _GNU_SOURCE /* pipe2 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fputs("one file, please\n", stderr);
        exit(2);
    }
    int to_sort[2], to_wc[2];
    if (pipe2(to_sort, O_CLOEXEC) || pipe2(to_wc, O_CLOEXEC)) {
        perror("pipe2");
        exit(1);
    }
    int carta = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (carta < 0) {
        perror("carta.txt");
        exit(1);
    }
    char *commands[3][4] = {{"wc", "-l", NULL}, {"sort", NULL}, {"cat", "--", argv[1], NULL}};
    int inputs[3] = {to_wc[0], to_sort[0], STDIN_FILENO};
    int outputs[3] = {carta, to_wc[1], to_sort[1]};
    pid_t wc = 0;
    for (int i = 0; i < 3; i++) {
        pid_t pid = fork();
        if (pid < 0) {
            perror("fork");
            exit(1);
        }
        if (pid == 0) {
            dup2(inputs[i], STDIN_FILENO);
            dup2(outputs[i], STDOUT_FILENO);
            execvp(commands[i][0], commands[i]);
            perror(commands[i][0]);
            _exit(127);
        }
        if (i == 0) wc = pid;
    }
    int mine[] = {to_sort[0], to_sort[1], to_wc[0], to_wc[1], carta};
    for (int i = 0; i < 5; i++) close(mine[i]);

    int result = 1, status;
    for (pid_t pid; (pid = wait(&status)) > 0;)
        if (pid == wc) result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    exit(result);
}

/* The chain with posix_spawn: no fork in sight, and a missing command is known to the parent itself. */
#define _GNU_SOURCE /* pipe2 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Starts a command on `in` and `out` (-1: as they are); -1 if it can't be run. */
static pid_t start(char *const argv[], int in, int out, const char *file) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (in != -1) posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    if (out != -1) posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (file != NULL)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    pid_t pid;
    int error = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error == 0) return pid;
    fprintf(stderr, "%s: %s\n", argv[0], strerror(error));
    return -1;
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    int a[2], b[2];
    if (pipe2(a, O_CLOEXEC) == -1 || pipe2(b, O_CLOEXEC) == -1) {
        perror("pipe2");
        return 1;
    }
    pid_t pids[3];
    pids[0] = start((char *[]){"cat", "--", argv[1], NULL}, -1, a[1], NULL);
    pids[1] = start((char *[]){"sort", NULL}, a[0], b[1], NULL);
    pids[2] = start((char *[]){"wc", "-l", NULL}, b[0], -1, "carta.txt");
    close(a[0]);
    close(a[1]);
    close(b[0]);
    close(b[1]);

    int status = 127 << 8;
    for (int i = 0; i < 3; i++) {
        if (pids[i] == -1) continue;
        int one;
        if (waitpid(pids[i], &one, 0) == -1) {
            perror("waitpid");
            return 1;
        }
        if (i == 2) status = one;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

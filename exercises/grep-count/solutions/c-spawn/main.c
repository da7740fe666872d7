/* grep WORD FILE | wc -l with posix_spawn: no fork in sight, and an exec that fails is known to the parent itself. */
#define _GNU_SOURCE /* pipe2 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Starts a command with `end` as its descriptor `fd`; -1 if it can't be run. */
static pid_t start(char *const argv[], int end, int fd) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, end, fd);
    pid_t pid;
    int error = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(end);
    if (error == 0) return pid;
    fprintf(stderr, "%s: %s\n", argv[0], strerror(error));
    return -1;
}

int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s WORD FILE\n", argv[0]);
        exit(2);
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) {
        perror("pipe2");
        exit(1);
    }
    pid_t wc = start((char *[]){"wc", "-l", NULL}, ends[0], STDIN_FILENO);
    pid_t grep = start((char *[]){"grep", "-e", argv[1], "--", argv[2], NULL}, ends[1], STDOUT_FILENO);
    while (wait(NULL) > 0) {
    }
    return wc == -1 || grep == -1;
}

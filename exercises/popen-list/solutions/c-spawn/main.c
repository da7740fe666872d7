/* With posix_spawn, and read: whole pieces are taken as they come, and cut into lines here. */
#define _GNU_SOURCE /* pipe2 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int number = 1;
static int within_line = 0;

static void take(const char *bytes, size_t size) {
    while (size > 0) {
        if (!within_line) printf("%d: ", number++);
        const char *newline = memchr(bytes, '\n', size);
        size_t length = newline == NULL ? size : (size_t)(newline - bytes) + 1;
        fwrite(bytes, 1, length, stdout);
        within_line = newline == NULL;
        bytes += length;
        size -= length;
    }
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s DIR\n", argv[0]);
        return 2;
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) {
        perror("pipe2");
        return 1;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    pid_t pid;
    int error = posix_spawnp(&pid, "ls", &actions, NULL, (char *[]){"ls", "-a", argv[1], NULL}, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) {
        fprintf(stderr, "ls: %s\n", strerror(error));
        return 1;
    }
    char piece[65536];
    ssize_t size;
    while ((size = read(ends[0], piece, sizeof piece)) > 0) take(piece, (size_t)size);
    close(ends[0]);
    int status;
    waitpid(pid, &status, 0);
    printf("status %d\n", WEXITSTATUS(status));
    return WEXITSTATUS(status);
}

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    char *env[] = {"LAB=1", NULL};
    if (argc < 3) {
        fprintf(stderr, "usage: %s VARIANT PROGRAM ARG...\n", argv[0]);
        return 2;
    }
    char *v = argv[1];
    if (strncmp(v, "execl", 5) && strncmp(v, "execv", 5)) {
        fprintf(stderr, "unknown variant\n");
        return 2;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        int p = strchr(v, 'p') != NULL, e = v[strlen(v) - 1] == 'e';
        if (p && e) execvpe(argv[2], argv + 2, env);
        if (p && !e) execvp(argv[2], argv + 2);
        if (!p && e) execve(argv[2], argv + 2, env);
        if (!p && !e) execv(argv[2], argv + 2);
        int error = errno;
        perror(argv[2]);
        _exit(error == ENOENT ? 127 : 126);
    }
    int status;
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

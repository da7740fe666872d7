/* With posix_spawn nothing runs between fork and exec: the parent changes its own environment while it starts the child, and puts it
 * back. */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

int main(void) {
    const char *own = getenv("LAB_TOKEN");
    char *token = strdup(own != NULL ? own : "");
    if (token == NULL) return 1;
    setenv("LAB_TOKEN", "child", 1);
    setenv("LAB_EXTRA", "1", 1);
    pid_t pid;
    int error = posix_spawnp(&pid, "env", NULL, NULL, (char *[]){"env", NULL}, environ);
    setenv("LAB_TOKEN", token, 1);
    unsetenv("LAB_EXTRA");
    if (error != 0) {
        fprintf(stderr, "env: %s\n", strerror(error));
        return 1;
    }
    waitpid(pid, NULL, 0);
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    free(token);
    return 0;
}

/* The environment is an array of NAME=VALUE strings: makes a new one for the child, and hands it to execve. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char **changed_environment(void) {
    size_t count = 0;
    while (environ[count] != NULL) count++;
    char **copy = calloc(count + 3, sizeof *copy);
    if (copy == NULL) return NULL;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(environ[i], "LAB_TOKEN=", 10) != 0 && strncmp(environ[i], "LAB_EXTRA=", 10) != 0)
            copy[used++] = environ[i];
    }
    copy[used++] = "LAB_TOKEN=child";
    copy[used] = "LAB_EXTRA=1";
    return copy;
}

int main(void) {
    char **environment = changed_environment();
    pid_t pid = environment == NULL ? -1 : fork();
    if (pid == -1) {
        perror("no child");
        exit(1);
    }
    if (pid == 0) {
        execve("/usr/bin/env", (char *[]){"/usr/bin/env", NULL}, environment);
        perror("/usr/bin/env");
        _exit(126);
    }
    wait(NULL);
    free(environment);
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    return 0;
}

/* Starts env with a changed environment. After fork the child has a copy of its own of everything, the environment too. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        if (setenv("LAB_TOKEN", "child", 1) == 0 && setenv("LAB_EXTRA", "1", 1) == 0)
            execlp("env", "env", NULL); /* without an e in its name exec hands on the environment of the process */
        perror("env");
        _exit(127);
    }
    if (waitpid(pid, NULL, 0) == -1) {
        perror("waitpid");
        return 1;
    }
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    return 0;
}

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(void) {
    pid_t pid = fork();
    if (pid < 0) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        setenv("LAB_TOKEN", "child", 1);
        setenv("LAB_EXTRA", "1", 1);
        for (int i = 0; environ[i] != NULL; i++) puts(environ[i]);
        exit(0);
    }
    wait(NULL);
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    return 0;
}

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setenv("LAB_TOKEN", "child", 1);
    setenv("LAB_EXTRA", "1", 1);
    pid_t pid = fork();
    if (pid < 0) {
        perror("fork");
        exit(1);
    }
    if (pid == 0) {
        execlp("env", "env", NULL);
        perror("env");
        exit(1);
    }
    wait(NULL);
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    return 0;
}

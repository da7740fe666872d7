#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t pid = vfork();
    if (pid == -1) {
        perror("vfork");
        return 1;
    }
    if (pid == 0) {
        setenv("LAB_TOKEN", "child", 1);
        setenv("LAB_EXTRA", "1", 1);
        execlp("env", "env", NULL);
        perror("env");
        _exit(127);
    }
    wait(NULL);
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    return 0;
}

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t pid = fork();

    if (pid > 0) {
        int status;
        waitpid(pid, &status, 0);
        printf("parent %d child %d\n", getpid(), pid);
        printf("child exited %d\n", WEXITSTATUS(status));
    } else {
        printf("child %d parent %d\n", getpid(), getppid());
        exit(7);
    }
    return 0;
}

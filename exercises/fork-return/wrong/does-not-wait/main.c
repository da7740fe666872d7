#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int status = 0;
    pid_t pid = fork();

    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        printf("child %d parent %d\n", getpid(), getppid());
        exit(7);
    }
    printf("parent %d child %d\n", getpid(), pid);
    printf("child exited %d\n", WEXITSTATUS(status));
    return 0;
}

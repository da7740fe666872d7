#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t pid = fork();

    if (pid == 0) {
        printf("child %d parent %d\n", getpid(), getppid());
        exit(7);
    } else if (fork() == -1) {
        perror("fork");
        exit(1);
    } else {
        int status = 0;
        waitpid(pid, &status, 0);
        printf("parent %d child %d\n", getpid(), pid);
        printf("child exited %d\n", WEXITSTATUS(status));
    }
    return 0;
}

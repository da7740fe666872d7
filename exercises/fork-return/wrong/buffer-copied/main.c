#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int status;

    printf("parent %d ", getpid()); /* the rest of the line comes when the child is known */
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        printf("child %d parent %d\n", getpid(), getppid());
        exit(7);
    }
    waitpid(pid, &status, 0);
    printf("child %d\n", pid);
    printf("child exited %d\n", WEXITSTATUS(status));
    return 0;
}

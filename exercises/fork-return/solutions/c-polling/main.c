/* The parent looks every tenth of a second whether the child has ended. Not pretty, but it does wait. */
#include <poll.h>
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
        printf("child %d parent %d\n", getpid(), getppid());
        exit(7);
    }
    int status;
    while (waitpid(pid, &status, WNOHANG) == 0) poll(NULL, 0, 100);
    printf("parent %d child %d\n", getpid(), pid);
    printf("child exited %d\n", WEXITSTATUS(status));
    return 0;
}

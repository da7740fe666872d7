/* The parent looks every tenth of a second whether the child has ended. Not pretty, but it does wait. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
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
    struct timespec tenth = {.tv_sec = 0, .tv_nsec = 100000000};
    int status;
    while (waitpid(pid, &status, WNOHANG) == 0) nanosleep(&tenth, NULL);
    printf("parent %d child %d\n", getpid(), pid);
    printf("child exited %d\n", WEXITSTATUS(status));
    return 0;
}

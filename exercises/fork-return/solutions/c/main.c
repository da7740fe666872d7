/* One fork, two processes: each knows who it is by what fork returned. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t child = fork();
    if (child == -1) {
        perror("fork");
        return 1;
    }
    if (child == 0) {
        printf("child %d parent %d\n", (int)getpid(), (int)getppid());
        exit(7); /* writes out what printf kept, and goes no further */
    }

    int status;
    if (waitpid(child, &status, 0) == -1) {
        perror("waitpid");
        return 1;
    }
    if (!WIFEXITED(status)) {
        fprintf(stderr, "the child was killed by signal %d\n", WTERMSIG(status));
        return 1;
    }
    printf("parent %d child %d\n", (int)getpid(), (int)child);
    printf("child exited %d\n", WEXITSTATUS(status));
    return 0;
}

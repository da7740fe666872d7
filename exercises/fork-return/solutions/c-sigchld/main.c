/* The parent sleeps until SIGCHLD tells that the child has ended, and reaps it then. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    /* Blocked before the fork: a child that ends at once leaves its signal pending. */
    sigset_t chld;
    sigemptyset(&chld);
    sigaddset(&chld, SIGCHLD);
    sigprocmask(SIG_BLOCK, &chld, NULL);

    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        exit(EXIT_FAILURE);
    }
    if (!child) {
        printf("child %ld parent %ld\n", (long)getpid(), (long)getppid());
        return 7;
    }
    int status, signal;
    while (waitpid(child, &status, WNOHANG) == 0) sigwait(&chld, &signal);
    printf("parent %ld child %ld\n", (long)getpid(), (long)child);
    printf("child exited %d\n", WEXITSTATUS(status));
    return 0;
}

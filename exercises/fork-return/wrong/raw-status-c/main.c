#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int estat;
    pid_t fill = fork();

    if (fill < 0) {
        perror("fork");
        exit(1);
    } else if (fill == 0) {
        printf("child %d parent %d\n", getpid(), getppid());
        exit(7);
    } else {
        wait(&estat);
        printf("parent %d child %d\n", getpid(), fill);
        printf("child exited %d\n", estat);
    }
    return 0;
}

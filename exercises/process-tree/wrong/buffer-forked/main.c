#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void viu(void) {
    char c;
    fflush(stdout);
    while (read(0, &c, 1) > 0) {
    }
    while (wait(NULL) > 0) {
    }
}

int main(void) {
    printf("root pid %d ppid %d\n", getpid(), getppid());
    pid_t a = fork();
    if (a == -1) {
        perror("fork");
        return 1;
    }
    if (a == 0) {
        printf("A pid %d ppid %d\n", getpid(), getppid());
        if (fork() == 0) {
            printf("C pid %d ppid %d\n", getpid(), getppid());
        }
        viu();
        return 0;
    }
    if (fork() == 0) {
        printf("B pid %d ppid %d\n", getpid(), getppid());
        viu();
        return 0;
    }
    viu();
    return 0;
}

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void viu(const char *nom, int segons) {
    printf("%s pid %d ppid %d\n", nom, getpid(), getppid());
    fflush(stdout);
    sleep(segons);
}

int main(void) {
    printf("root pid %d ppid %d\n", getpid(), getppid());
    fflush(stdout);
    pid_t a = fork();
    if (a == -1) {
        perror("fork");
        return 1;
    }
    if (a == 0) {
        pid_t c = fork();
        if (c == 0) {
            viu("C", 10);
            return 0;
        }
        viu("A", 10);
        wait(NULL);
        return 0;
    }
    pid_t b = fork();
    if (b == 0) {
        viu("B", 10);
        return 0;
    }
    sleep(12);
    waitpid(a, NULL, 0);
    waitpid(b, NULL, 0);
    return 0;
}

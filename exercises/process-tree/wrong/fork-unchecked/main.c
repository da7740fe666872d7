#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void viu(void) {
    char c;
    while (read(0, &c, 1) > 0) {
    }
    while (wait(NULL) > 0) {
    }
    exit(0);
}

static void info(const char *nom) {
    printf("%s pid %d ppid %d\n", nom, getpid(), getppid());
    fflush(stdout);
}

int main(void) {
    info("root");
    if (fork() == 0) {
        info("A");
        if (fork() == 0) info("C");
        viu();
    }
    if (fork() == 0) {
        info("B");
        viu();
    }
    viu();
}

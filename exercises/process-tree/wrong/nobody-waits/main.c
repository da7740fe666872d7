#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void fins_al_final(void) {
    while (getchar() != EOF) {
    }
}

static void escriu(const char *nom) {
    printf("%s pid %d ppid %d\n", nom, getpid(), getppid());
    fflush(stdout);
}

int main(void) {
    escriu("root");
    pid_t a = fork();
    if (a < 0) {
        perror("fork");
        return 1;
    }
    if (a == 0) {
        escriu("A");
        if (fork() == 0) escriu("C");
        fins_al_final();
        exit(0);
    }
    if (fork() == 0) {
        escriu("B");
        fins_al_final();
        exit(0);
    }
    fins_al_final();
    return 0;
}

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void info(const char *nom) {
    printf("%s pid %d ppid %d\n", nom, getpid(), getppid());
    fflush(stdout);
}

int main(void) {
    char c;
    const char *noms[] = {"A", "B", "C"};
    info("root");
    for (int i = 0; i < 3; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            perror("fork");
            exit(1);
        }
        if (pid > 0) break;
        info(noms[i]);
    }
    while (read(0, &c, 1) > 0) {
    }
    wait(NULL);
    return 0;
}

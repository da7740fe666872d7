#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    char *nou[] = {"LAB_TOKEN=child", "LAB_EXTRA=1", NULL};
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        execle("/usr/bin/env", "env", NULL, nou);
        perror("execle");
        _exit(1);
    }
    waitpid(pid, NULL, 0);
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    return 0;
}

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "us: %s DIR\n", argv[0]);
        return 2;
    }
    int p[2];
    if (pipe(p) == -1) {
        perror("pipe");
        return 1;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) {
        dup2(p[1], 1);
        close(p[0]);
        close(p[1]);
        execlp("ls", "ls", "-a", argv[1], NULL);
        perror("ls");
        _exit(127);
    }
    close(p[1]);
    int st;
    waitpid(pid, &st, 0);
    char linia[1000];
    int n = 0;
    FILE *f = fdopen(p[0], "r");
    while (fgets(linia, sizeof linia, f) != NULL) printf("%d: %s", ++n, linia);
    printf("status %d\n", WEXITSTATUS(st));
    return WEXITSTATUS(st);
}

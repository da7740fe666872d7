/* Runs ls -a DIR, numbers its lines, and tells how it ended. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* Starts ls; what it writes can be read from *output. No shell has a look at the name. */
static pid_t start_ls(char *directory, FILE **output) {
    int ends[2];
    if (pipe(ends) == -1) die("pipe");
    pid_t pid = fork();
    if (pid == -1) die("fork");
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execlp("ls", "ls", "-a", directory, NULL);
        perror("ls");
        _exit(127);
    }
    close(ends[1]); /* or the end of the output would never come */
    *output = fdopen(ends[0], "r");
    if (*output == NULL) die("fdopen");
    return pid;
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s DIR\n", argv[0]);
        return 2;
    }
    FILE *output;
    pid_t pid = start_ls(argv[1], &output);

    /* First all is read, then ls is waited for: a pipe holds 64 KiB, and who writes more waits for a reader. */
    char *line = NULL;
    size_t room = 0;
    for (long number = 1; getline(&line, &room, output) != -1; number++) printf("%ld: %s", number, line);
    free(line);
    fclose(output);

    int status;
    if (waitpid(pid, &status, 0) == -1) die("waitpid");
    int result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    printf("status %d\n", result);
    return result;
}

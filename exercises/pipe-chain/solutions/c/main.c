/* cat FILE | sort | wc -l > carta.txt, without a shell. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* Makes descriptor `to` a copy of `from`, and gives `from` back. */
static void move_fd(int from, int to) {
    if (from == to) return;
    if (dup2(from, to) == -1) {
        perror("dup2");
        _exit(1);
    }
    close(from);
}

/* Becomes the command. If that fails this is still the child, which must not go on with the parent's work. */
static void become(char *const argv[]) {
    execvp(argv[0], argv);
    perror(argv[0]);
    _exit(127);
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    int first[2], second[2];

    if (pipe(first) == -1) die("pipe");
    pid_t cat = fork();
    if (cat == -1) die("fork");
    if (cat == 0) {
        close(first[0]);
        move_fd(first[1], STDOUT_FILENO);
        become((char *[]){"cat", "--", argv[1], NULL});
    }
    close(first[1]); /* only cat writes here */

    if (pipe(second) == -1) die("pipe");
    pid_t sort = fork();
    if (sort == -1) die("fork");
    if (sort == 0) {
        close(second[0]);
        move_fd(first[0], STDIN_FILENO);
        move_fd(second[1], STDOUT_FILENO);
        become((char *[]){"sort", NULL});
    }
    close(first[0]);  /* only sort reads here */
    close(second[1]); /* only sort writes here */

    pid_t wc = fork();
    if (wc == -1) die("fork");
    if (wc == 0) {
        move_fd(second[0], STDIN_FILENO);
        int carta = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC, 0666);
        if (carta == -1) {
            perror("carta.txt");
            _exit(1);
        }
        move_fd(carta, STDOUT_FILENO);
        become((char *[]){"wc", "-l", NULL});
    }
    close(second[0]); /* only wc reads here */

    int status;
    if (waitpid(cat, NULL, 0) == -1 || waitpid(sort, NULL, 0) == -1 || waitpid(wc, &status, 0) == -1) die("waitpid");
    if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
    return WEXITSTATUS(status);
}

/* grep WORD FILE | wc -l, without a shell. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* Becomes the command, with `end` as its descriptor `fd`. What fails here fails in the child, which must not go on with
 * the parent's work. */
static void become(char *const argv[], int end, int fd) {
    if (end != fd) {
        if (dup2(end, fd) == -1) {
            perror("dup2");
            _exit(1);
        }
        close(end); /* the copy is enough */
    }
    execvp(argv[0], argv);
    perror(argv[0]);
    _exit(127);
}

int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s WORD FILE\n", argv[0]);
        return 2;
    }
    int ends[2];
    if (pipe(ends) == -1) die("pipe");

    pid_t grep = fork();
    if (grep == -1) die("fork");
    if (grep == 0) {
        close(ends[0]); /* grep only writes */
        become((char *[]){"grep", argv[1], argv[2], NULL}, ends[1], STDOUT_FILENO);
    }
    close(ends[1]); /* now only grep can write: wc does not inherit this end, and sees the end of its input */

    pid_t wc = fork();
    if (wc == -1) die("fork");
    if (wc == 0) become((char *[]){"wc", "-l", NULL}, ends[0], STDIN_FILENO);
    close(ends[0]); /* only wc reads */

    if (waitpid(grep, NULL, 0) == -1 || waitpid(wc, NULL, 0) == -1) die("waitpid");
    return 0; /* also when grep found nothing, and ended with 1 */
}

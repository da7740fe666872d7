/* The chain with vfork: until its exec the child borrows the parent's memory, so it can leave the error there. */
#define _GNU_SOURCE /* pipe2 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int exec_error;

static pid_t start(char *const argv[], int in, int out) {
    exec_error = 0;
    pid_t pid = vfork();
    if (pid == 0) {
        if (dup2(in, STDIN_FILENO) != -1 && dup2(out, STDOUT_FILENO) != -1) execvp(argv[0], argv);
        exec_error = errno;
        _exit(127);
    }
    if (pid == -1)
        perror("vfork");
    else if (exec_error != 0)
        fprintf(stderr, "cannot run %s: %s\n", argv[0], strerror(exec_error));
    return pid;
}

/* Waits for one child; its exit status as a shell would say it. */
static int finish(pid_t pid) {
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) == -1) return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    int carta = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int p[2], q[2];
    if (carta == -1 || pipe2(p, O_CLOEXEC) == -1 || pipe2(q, O_CLOEXEC) == -1) {
        perror("carta.txt or pipe");
        return 1;
    }
    pid_t cat = start((char *[]){"cat", "--", argv[1], NULL}, STDIN_FILENO, p[1]);
    pid_t sort = start((char *[]){"sort", NULL}, p[0], q[1]);
    pid_t wc = start((char *[]){"wc", "-l", NULL}, q[0], carta);
    close(p[0]);
    close(p[1]);
    close(q[0]);
    close(q[1]);
    close(carta);
    int result = finish(wc);
    finish(sort);
    finish(cat);
    return result;
}

/* root has two children, A and B; A has one, C. All of them read the standard input that they inherited: its end reaches everybody. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Says who this process is. Flushed at once: what stays in the buffer would be copied by the next fork, and would not be seen while
 * the process waits. */
static void introduce(const char *name) {
    printf("%s pid %d ppid %d\n", name, (int)getpid(), (int)getppid());
    fflush(stdout);
}

static pid_t child(void) {
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        exit(1);
    }
    return pid;
}

static void wait_for_end_of_input(void) {
    char bytes[4096];
    while (read(STDIN_FILENO, bytes, sizeof bytes) > 0) {
    }
}

/* Everybody's end: when the input is over, first the children. */
static void finish(void) {
    wait_for_end_of_input();
    while (wait(NULL) > 0) {
    }
    exit(0);
}

int main(void) {
    introduce("root");
    if (child() == 0) {
        introduce("A");
        if (child() == 0) {
            introduce("C");
            finish();
        }
        finish(); /* A stops here: only root goes on to start B */
    }
    if (child() == 0) {
        introduce("B");
        finish();
    }
    finish();
}

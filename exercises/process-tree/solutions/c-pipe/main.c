/* Only root reads the standard input. The others wait for the end of a pipe that nobody ever writes to: root holds its write end, and
 * closes it. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int over[2];

static void say(const char *name) { dprintf(STDOUT_FILENO, "%s pid %d ppid %d\n", name, getpid(), getppid()); }

static void live(void) {
    char byte;
    while (read(over[0], &byte, 1) > 0) {
    }
    while (wait(NULL) != -1) {
    }
}

int main(void) {
    if (pipe(over) == -1) {
        perror("pipe");
        return 1;
    }
    pid_t b = fork();
    if (b == 0) {
        close(over[1]);
        say("B");
        live();
        return 0;
    }
    pid_t a = b == -1 ? -1 : fork();
    if (a == 0) {
        close(over[1]);
        say("A");
        pid_t c = fork();
        if (c == 0) {
            say("C");
            live();
            return 0;
        }
        if (c == -1) perror("fork");
        live();
        return 0;
    }
    if (a == -1) {
        perror("fork");
    } else {
        say("root");
        while (getchar() != EOF) {
        }
    }
    close(over[1]);
    while (wait(NULL) != -1) {
    }
    return a == -1 ? 1 : 0;
}

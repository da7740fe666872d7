/* kill SIGNAL PID, by number or by name. */
#define _GNU_SOURCE /* sigabbrev_np */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* The number in a text that holds nothing else; -1: there is none. (strtol alone would take "10x" for 10.) */
static long number_in(const char *text) {
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' ? number : -1;
}

/* The signal that a number or a name means; 0: none. */
static int signal_called(const char *text) {
    long number = number_in(text);
    if (number > 0 && number <= SIGRTMAX) return (int)number;
    if (strncmp(text, "SIG", 3) == 0) text += 3;
    for (int signal = 1; signal < NSIG; signal++) {
        const char *name = sigabbrev_np(signal); /* "USR1"; NULL for numbers that have no name */
        if (name != NULL && strcmp(name, text) == 0) return signal;
    }
    return 0;
}

int main(int argc, char *argv[]) {
    long pid = argc == 3 ? number_in(argv[2]) : -1;
    /* Only one process: 0 and negative numbers mean groups to kill(). */
    if (pid <= 0 || pid != (pid_t)pid) {
        fprintf(stderr, "usage: %s SIGNAL PID\n", argv[0]);
        return 2;
    }
    int signal = signal_called(argv[1]);
    if (signal == 0) {
        fprintf(stderr, "%s: no such signal\n", argv[1]);
        return 1;
    }
    if (kill((pid_t)pid, signal) == -1) {
        perror(argv[2]); /* "No such process", "Operation not permitted" */
        return 1;
    }
    return 0;
}

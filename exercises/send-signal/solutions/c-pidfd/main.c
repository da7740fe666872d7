/* With a descriptor of the process: what is sent reaches that process, even if its number were given to another one meanwhile. */
#define _GNU_SOURCE /* sigabbrev_np, syscall */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int signal_of(const char *text) {
    for (int signal = 1; signal <= SIGRTMAX; signal++) {
        char number[12], full[32] = "", *name = "";
        snprintf(number, sizeof number, "%d", signal);
        if (sigabbrev_np(signal) != NULL) {
            snprintf(full, sizeof full, "SIG%s", sigabbrev_np(signal));
            name = full + 3;
        }
        if (strcmp(text, number) == 0 || (*full != '\0' && (strcmp(text, full) == 0 || strcmp(text, name) == 0))) return signal;
    }
    return -1;
}

int main(int argc, char *argv[]) {
    int pid, used = 0;
    if (argc != 3 || sscanf(argv[2], "%d%n", &pid, &used) != 1 || argv[2][used] != '\0' || pid < 1) {
        fprintf(stderr, "usage: %s SIGNAL PID\n", argv[0]);
        exit(2);
    }
    int signal = signal_of(argv[1]);
    if (signal == -1) {
        fprintf(stderr, "what signal is %s?\n", argv[1]);
        exit(1);
    }
    int process = (int)syscall(SYS_pidfd_open, pid, 0);
    if (process == -1 || syscall(SYS_pidfd_send_signal, process, signal, NULL, 0) == -1) {
        perror("no signal sent");
        exit(1);
    }
    exit(0);
}

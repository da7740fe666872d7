/* With cfmakeraw, signalfd and poll: a signal is one more thing to be read, and there is one way out. The lines are written by write,
 * which may write less than it was asked. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#define CONTROL(key) ((key) & 0x1f)

static int write_all(const char *text) {
    for (size_t left = strlen(text); left > 0;) {
        ssize_t written = write(STDOUT_FILENO, text, left);
        if (written == -1 && errno == EINTR) continue;
        if (written == -1) return -1;
        text += written;
        left -= (size_t)written;
    }
    return 0;
}

static void serve(int signals) {
    struct pollfd both[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    for (;;) {
        char key;
        if (poll(both, 2, -1) == -1) {
            if (errno == EINTR) continue;
            return;
        }
        if (both[1].revents != 0) return;
        if (read(STDIN_FILENO, &key, 1) != 1 || key == 'q' || key == CONTROL('D')) return;
        if (key == CONTROL('S') || key == CONTROL('Q')) {
            char line[] = "got ^?\r\n"; /* nobody turns \n into \r\n now */
            line[5] = key == CONTROL('S') ? 'S' : 'Q';
            write_all(line);
        }
    }
}

int main(int argc, char *argv[]) {
    if (argc > 2 || (argc == 2 && strcmp(argv[1], "raw") != 0)) {
        fputs("usage: flow-control [raw]\n", stderr);
        return 2;
    }
    if (argc == 1) {
        for (int n = 1; n <= 2000; n++) {
            char line[32];
            snprintf(line, sizeof line, "line %d\n", n);
            if (write_all(line) == -1) return 1;
        }
        return 0;
    }
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    struct termios found, raw;
    if (tcgetattr(STDIN_FILENO, &found) == -1) {
        perror("tcgetattr");
        return 1;
    }
    raw = found;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
    serve(signalfd(-1, &term, SFD_CLOEXEC));
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &found);
    return 0;
}

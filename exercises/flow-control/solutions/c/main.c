/* Ctrl-S and Ctrl-Q: without argument the terminal's business, with "raw" the program's. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios found; /* what the terminal was set to */

static void restore(void) { tcsetattr(STDIN_FILENO, TCSANOW, &found); }

/* tcsetattr is one of the functions that a handler may call (signal-safety(7)). The signal that is
   raised again comes when the handler returns, and does what it does by default. */
static void on_term(int number) {
    restore();
    signal(number, SIG_DFL);
    raise(number);
}

static void print_lines(void) {
    for (int n = 1; n <= 2000; n++) printf("line %d\n", n);
}

static int read_keys(void) {
    if (tcgetattr(STDIN_FILENO, &found) == -1) {
        perror("terminal");
        return 1;
    }
    atexit(restore);
    struct sigaction action = {.sa_handler = on_term};
    sigaction(SIGTERM, &action, NULL);

    struct termios raw = found;
    raw.c_iflag &= ~(tcflag_t)IXON;            /* Ctrl-S and Ctrl-Q come through */
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO); /* each key at once, and not on the screen by itself */
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);

    char key;
    while (read(STDIN_FILENO, &key, 1) == 1 && key != 'q' && key != 4) {
        if (key == 0x13) puts("got ^S");
        if (key == 0x11) puts("got ^Q");
        fflush(stdout);
    }
    return 0;
}

int main(int argc, char *argv[]) {
    if (argc == 1) {
        print_lines();
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "raw") == 0) return read_keys();
    fprintf(stderr, "usage: %s [raw]\n", argv[0]);
    return 2;
}

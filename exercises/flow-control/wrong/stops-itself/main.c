#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios abans;

static void torna(void) { tcsetattr(0, TCSANOW, &abans); }

static void acaba(int s) {
    torna();
    _exit(128 + s);
}

int main(int argc, char *argv[]) {
    if (argc > 2 || (argc == 2 && strcmp(argv[1], "raw") != 0)) {
        fprintf(stderr, "us: %s [raw]\n", argv[0]);
        return 2;
    }
    if (argc == 1) {
        tcgetattr(0, &abans);
        struct termios sense = abans;
        sense.c_iflag &= ~IXON;
        sense.c_lflag &= ~(ICANON | ECHO);
        sense.c_cc[VMIN] = 0;
        tcsetattr(0, TCSANOW, &sense);
        for (int i = 1; i <= 2000; i++) {
            char t;
            if (read(0, &t, 1) == 1 && t == 19) raise(SIGSTOP);
            printf("line %d\n", i);
        }
        torna();
        return 0;
    }
    tcgetattr(0, &abans);
    signal(SIGTERM, acaba);
    struct termios ara = abans;
    ara.c_iflag &= ~IXON;
    ara.c_lflag &= ~(ICANON | ECHO);
    tcsetattr(0, TCSANOW, &ara);
    char c;
    while (read(0, &c, 1) == 1) {
        if (c == 'q' || c == 4) break;
        if (c == 19) printf("got ^S\n");
        if (c == 17) printf("got ^Q\n");
        fflush(stdout);
    }
    torna();
    return 0;
}

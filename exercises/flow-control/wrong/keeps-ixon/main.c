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
        for (int i = 1; i <= 2000; i++) printf("line %d\n", i);
        return 0;
    }
    tcgetattr(0, &abans);
    signal(SIGTERM, acaba);
    struct termios ara = abans;
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

/* With a table of names: the macros of <signal.h> have the numbers of this machine. */
#include <ctype.h>
#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define ROW(name) {#name, SIG##name}
static const struct {
    const char *name;
    int number;
} table[] = {ROW(HUP),  ROW(INT),    ROW(QUIT), ROW(ILL),  ROW(TRAP), ROW(ABRT), ROW(BUS),  ROW(FPE),
             ROW(KILL), ROW(USR1),   ROW(SEGV), ROW(USR2), ROW(PIPE), ROW(ALRM), ROW(TERM), ROW(STKFLT),
             ROW(CHLD), ROW(CONT),   ROW(STOP), ROW(TSTP), ROW(TTIN), ROW(TTOU), ROW(URG),  ROW(XCPU),
             ROW(XFSZ), ROW(VTALRM), ROW(PROF), ROW(WINCH), ROW(IO),  ROW(PWR),  ROW(SYS)};

static int digits_only(const char *text) {
    if (*text == '\0') return 0;
    for (; *text != '\0'; text++)
        if (!isdigit((unsigned char)*text)) return 0;
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 3 || !digits_only(argv[2]) || strlen(argv[2]) > 9 || atoi(argv[2]) == 0) errx(2, "usage: send-signal SIGNAL PID");
    int number = 0;
    if (digits_only(argv[1]) && strlen(argv[1]) < 4) number = atoi(argv[1]);
    const char *name = strncmp(argv[1], "SIG", 3) == 0 ? argv[1] + 3 : argv[1];
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0) number = table[i].number;
    if (number == 0) errx(1, "there is no signal %s", argv[1]);
    if (kill(atoi(argv[2]), number) != 0) err(1, "signal %d to process %s", number, argv[2]);
    return 0;
}

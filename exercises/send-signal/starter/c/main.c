/* kill SIGNAL PID, by number or by name. */
#include <stdio.h>

int main(int argc, char *argv[]) {
    (void)argc;
    (void)argv;
    /* 1. Check that there are just two arguments, and that the second is a positive number. */
    /* 2. Find out which signal the first one means: 10, USR1, SIGUSR1. There may be none. */
    /* 3. Send it (kill), and say what went wrong if it was not sent. */
    fprintf(stderr, "not written yet\n");
    return 3;
}

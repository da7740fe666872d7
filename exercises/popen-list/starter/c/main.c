/* Runs ls -a DIR, numbers its lines, and tells how it ended. */
#include <stdio.h>

int main(int argc, char *argv[]) {
    (void)argc;
    (void)argv;
    /* 1. Check that there is just one argument. */
    /* 2. Start ls -a DIR, with its standard output on a pipe. */
    /* 3. Read what comes, line by line, to its end; print each with its number. */
    /* 4. Wait for ls; print its exit status, and end with it. */
    fprintf(stderr, "not written yet\n");
    return 1;
}

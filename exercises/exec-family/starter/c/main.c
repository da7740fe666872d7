/* Replaces itself with another program, by any variant of exec. */
#include <stdio.h>

int main(int argc, char *argv[]) {
    (void)argc;
    (void)argv;
    /* 1. Check that there are two arguments at least: VARIANT and PROGRAM. */
    /* 2. Call the variant: l takes the arguments one by one, v an array; p searches PATH; e gets an environment. */
    /* 3. What comes after the call is reached only if it failed: a message, and 127 or 126 (errno tells which). */
    fprintf(stderr, "not written yet\n");
    return 1;
}

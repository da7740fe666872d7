/* Starts env with a changed environment. */
#include <stdio.h>

int main(void) {
    /* 1. Make a child. */
    /* 2. In the child: LAB_TOKEN becomes child, LAB_EXTRA=1 is new (setenv); then become env (execlp). */
    /* 3. In the parent: wait for the child. */
    /* 4. Print LAB_TOKEN= and your own value (getenv). */
    fprintf(stderr, "not written yet\n");
    return 1;
}

/* One fork, two processes: what does each of them do? */
#include <stdio.h>

int main(void) {
    /* 1. Call fork(), once, and keep what it returns. -1: a message on stderr and status 1. */
    /* 2. In the child: print its line and end with status 7. */
    /* 3. In the parent: wait for the child, then print the two lines. */
    printf("not written yet\n");
    return 0;
}

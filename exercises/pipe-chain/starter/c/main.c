/* cat FILE | sort | wc -l > carta.txt, made with pipe, fork, dup2 and exec. */
#include <stdio.h>

int main(int argc, char *argv[]) {
    (void)argc;
    (void)argv;
    /* 1. Check that there is just one argument. */
    /* 2. Make the first pipe. Start cat, with the pipe's write end as its standard output. */
    /* 3. Make the second pipe. Start sort between the two pipes. */
    /* 4. Start wc -l, with carta.txt as its standard output. */
    /* 5. Close every pipe end that you do not use, here and in each child. */
    /* 6. Wait for the three children and end with the status of wc. */
    fprintf(stderr, "not written yet\n");
    return 1;
}

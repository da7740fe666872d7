/* Lists what a process has open: /proc/PID/fd has one link for each descriptor. */
#include <stdio.h>

int main(int argc, char *argv[]) {
    (void)argc;
    (void)argv;
    /* 1. Check that there is just one argument, and that it is a number. */
    /* 2. Open the directory /proc/PID/fd (opendir). If that fails there is no such process: a message and status 1. */
    /* 3. Read its names (readdir), and sort them by number. */
    /* 4. For each, read where the link leads (readlink), and print both. The directory itself does not count. */
    fprintf(stderr, "not written yet\n");
    return 3;
}

/* N processes add 1 to one counter in shared memory, M times each. */
#include <stdio.h>

int main(int argc, char *argv[]) {
    (void)argc;
    (void)argv;
    /* 1. Check that there are just two arguments, N and M, and that they are numbers. */
    /* 2. Make the shared memory: a counter, and what guards it (mmap, shm_open or shmget; a semaphore, a mutex or an atomic). */
    /* 3. Start N children. Each adds 1 to the counter M times, and ends. */
    /* 4. Wait for all of them, and print the total. */
    /* 5. Remove what would be left behind. */
    fprintf(stderr, "not written yet\n");
    return 1;
}

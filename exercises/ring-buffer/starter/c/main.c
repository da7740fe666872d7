/* A producer reads lines into a ring of 8 slots in shared memory, a consumer prints them. */
#include <stdio.h>

int main(void) {
    /* 1. Make the shared memory: 8 slots of 4,096 bytes, and two semaphores: how many slots are free, how many are filled. */
    /* 2. Make a child: one of the two is the producer, the other the consumer. */
    /* 3. The producer reads a line, waits for a free slot, fills it, and says that one more is filled. */
    /* 4. The consumer waits for a filled slot, prints it, and says that one more is free. */
    /* 5. At the end of the input the consumer learns that nothing more comes. The parent waits for the child. */
    fprintf(stderr, "not written yet\n");
    return 3;
}

/* Without any semaphore: the slots are in shared memory, and tokens that say which slot is free or filled go through two pipes. Who has
 * no token waits for one, and the end of a pipe is the end of the input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int filled[2], vacant[2];
    char(*slots)[4096] = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (slots == MAP_FAILED || pipe(filled) == -1 || pipe(vacant) == -1) {
        perror("ring");
        return 1;
    }
    if (write(vacant[1], "\0\1\2\3\4\5\6\7", 8) != 8) return 1;
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    unsigned char slot;
    if (pid == 0) {
        close(filled[1]);
        close(vacant[0]);
        while (read(filled[0], &slot, 1) == 1) {
            fputs(slots[slot], stdout);
            fflush(stdout);
            if (write(vacant[1], &slot, 1) != 1) break;
        }
        exit(0);
    }
    close(filled[0]);
    close(vacant[1]);
    while (read(vacant[0], &slot, 1) == 1 && fgets(slots[slot], 4096, stdin) != NULL)
        if (write(filled[1], &slot, 1) != 1) break;
    close(filled[1]);
    wait(NULL); /* vacant[0] stays open: the consumer still gives tokens back */
    return 0;
}

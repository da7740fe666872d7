/* The counter in a file that is mapped, and the lock on that same file: a lock belongs to a process, and is gone when it ends. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_lock(int fd, short type) {
    struct flock whole = {.l_type = type, .l_whence = SEEK_SET};
    while (fcntl(fd, F_SETLKW, &whole) == -1)
        if (errno != EINTR) _exit(1);
}

int main(int argc, char *argv[]) {
    char *end_n = NULL, *end_m = NULL;
    long n = argc == 3 ? strtol(argv[1], &end_n, 10) : 0;
    long m = argc == 3 ? strtol(argv[2], &end_m, 10) : -1;
    if (n < 1 || *end_n != '\0' || m < 0 || *end_m != '\0') {
        fputs("usage: shared-counter N M\n", stderr);
        return 2;
    }
    FILE *file = tmpfile(); /* has no name, so nothing is left of it */
    int fd = file == NULL ? -1 : fileno(file);
    if (fd == -1 || ftruncate(fd, sizeof(long)) == -1) {
        perror("tmpfile");
        return 1;
    }
    volatile long *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (counter == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    int failed = 0;
    for (long i = 0; i < n && !failed; i++) {
        switch (fork()) {
        case -1:
            perror("fork");
            failed = 1;
            break;
        case 0:
            for (long j = 0; j < m; j++) {
                set_lock(fd, F_WRLCK);
                *counter += 1;
                set_lock(fd, F_UNLCK);
            }
            _exit(0);
        }
    }
    while (wait(NULL) != -1) {
    }
    if (!failed) printf("%ld\n", *counter);
    return failed;
}

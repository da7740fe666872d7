/* Reads no directory: the kernel says how many descriptors there is room for, and each number is asked for. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* As many as there may be; -1: no such process. What is opened for it is closed again. */
static int room_of(const char *pid) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%s/status", pid);
    FILE *status = fopen(path, "r");
    if (status == NULL) return -1;
    int room = 0;
    while (fgets(line, sizeof line, status) != NULL && sscanf(line, "FDSize: %d", &room) != 1) continue;
    fclose(status);
    return room;
}

int main(int argc, char *argv[]) {
    if (argc != 2 || argv[1][0] == '\0' || argv[1][strspn(argv[1], "0123456789")] != '\0') {
        fprintf(stderr, "usage: %s PID\n", argv[0]);
        return 2;
    }
    const int room = room_of(argv[1]);
    if (room == -1) {
        perror(argv[1]);
        return 1;
    }
    for (int fd = 0; fd < room; fd++) {
        char path[64], target[PATH_MAX];
        snprintf(path, sizeof path, "/proc/%s/fd/%d", argv[1], fd);
        const ssize_t length = readlink(path, target, sizeof target);
        if (length == -1) continue; /* not open */
        if (dprintf(STDOUT_FILENO, "%d %.*s\n", fd, (int)length, target) < 0) {
            perror("write");
            return 1;
        }
    }
    return 0;
}

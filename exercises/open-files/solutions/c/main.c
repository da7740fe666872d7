/* Lists what a process has open: /proc/PID/fd has one link for each descriptor. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_number(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* All numbers in the directory, sorted; but not `own`. */
static int *descriptors_in(DIR *directory, int own, size_t *count) {
    int *numbers = NULL;
    size_t room = 0;
    *count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.' || atoi(entry->d_name) == own) continue;
        if (*count == room) {
            room = 2 * room + 16;
            numbers = realloc(numbers, room * sizeof *numbers);
            if (numbers == NULL) return NULL;
        }
        numbers[(*count)++] = atoi(entry->d_name);
    }
    if (*count > 0) qsort(numbers, *count, sizeof *numbers, by_number);
    return numbers;
}

static void print_link(DIR *directory, int fd) {
    char name[16], target[PATH_MAX + 1];
    snprintf(name, sizeof name, "%d", fd);
    ssize_t length = readlinkat(dirfd(directory), name, target, sizeof target - 1);
    if (length == -1) return; /* closed meanwhile */
    target[length] = '\0';    /* readlink does not */
    printf("%d %s\n", fd, target);
}

int main(int argc, char *argv[]) {
    if (argc != 2 || argv[1][0] == '\0' || strspn(argv[1], "0123456789") != strlen(argv[1])) {
        fprintf(stderr, "usage: %s PID\n", argv[0]);
        return 2;
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/%.20s/fd", argv[1]);
    DIR *directory = opendir(path);
    if (directory == NULL) {
        perror(path);
        return 1;
    }
    /* The directory itself is open, in this process: it is left out only if this is the process that is asked for. */
    int own = atol(argv[1]) == getpid() ? dirfd(directory) : -1;
    size_t count;
    int *numbers = descriptors_in(directory, own, &count);
    for (size_t i = 0; i < count; i++) print_link(directory, numbers[i]);
    free(numbers);
    closedir(directory);
    return 0;
}

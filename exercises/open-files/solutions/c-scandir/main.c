/* With scandir, which reads all names, sorts them by versionsort (2 before 10) and closes the directory: its own link is dead then. */
#define _GNU_SOURCE /* versionsort */
#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int is_number(const struct dirent *entry) { return isdigit((unsigned char)entry->d_name[0]); }

int main(int argc, char **argv) {
    char *end = NULL;
    if (argc == 2) strtol(argv[1], &end, 10);
    if (end == NULL || end == argv[1] || *end != '\0') errx(2, "usage: open-files PID");
    char *path;
    if (asprintf(&path, "/proc/%s/fd", argv[1]) == -1 || chdir(path) == -1) err(1, "%s", argv[1]);
    struct dirent **entries;
    int count = scandir(".", &entries, is_number, versionsort);
    if (count == -1) err(1, "%s", path);
    for (int i = 0; i < count; i++) {
        char target[8192];
        ssize_t length = readlink(entries[i]->d_name, target, sizeof target);
        if (length >= 0) printf("%s %.*s\n", entries[i]->d_name, (int)length, target);
    }
    return 0;
}

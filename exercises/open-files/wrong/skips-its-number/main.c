#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2 || argv[1][strspn(argv[1], "0123456789")] != 0 || argv[1][0] == 0) {
        fprintf(stderr, "us: %s PID\n", argv[0]);
        return 2;
    }
    char path[100], link[400], target[5000];
    snprintf(path, sizeof path, "/proc/%s/fd", argv[1]);
    DIR *directory = opendir(path);
    if (directory == NULL) {
        perror(path);
        return 1;
    }
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.' || atoi(entry->d_name) == dirfd(directory)) continue;
        snprintf(link, sizeof link, "%s/%s", path, entry->d_name);
        ssize_t n = readlink(link, target, sizeof target - 1);
        if (n == -1) continue;
        target[n] = '\0';
        printf("%s %s\n", entry->d_name, target);
    }
    closedir(directory);
    return 0;
}

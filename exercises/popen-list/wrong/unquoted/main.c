#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "us: %s DIR\n", argv[0]);
        return 2;
    }
    char ordre[1000];
    snprintf(ordre, sizeof ordre, "ls -a %s", argv[1]);
    FILE *f = popen(ordre, "r");
    if (f == NULL) {
        perror("popen");
        return 1;
    }
    char linia[1000];
    int n = 1;
    while (fgets(linia, sizeof linia, f) != NULL) printf("%d: %s", n++, linia);
    int st = pclose(f);
    printf("status %d\n", WEXITSTATUS(st));
    return WEXITSTATUS(st);
}

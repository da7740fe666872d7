#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    switch (fork()) {
    case -1:
        perror("fork");
        return 1;
    case 0:
        setenv("LAB_TOKEN", "child", 1);
        setenv("LAB_EXTRA", "1", 1);
        execlp("env", "env", NULL);
        perror("env");
        _exit(127);
    }
    printf("LAB_TOKEN=%s\n", getenv("LAB_TOKEN"));
    return 0;
}

/* With popen, which runs a shell. So the name is quoted for it: between ' and ' a shell obeys nothing, and a ' itself is written '\''. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static char *command_for(const char *directory) {
    const char *begin = "ls -a '";
    char *command = malloc(strlen(begin) + 4 * strlen(directory) + 2);
    if (command == NULL) return NULL;
    char *end = stpcpy(command, begin);
    for (; *directory != '\0'; directory++) {
        if (*directory == '\'')
            end = stpcpy(end, "'\\''");
        else
            *end++ = *directory;
    }
    strcpy(end, "'");
    return command;
}

int main(int argc, char *argv[]) {
    if (argc != 2) {
        fputs("one directory, please\n", stderr);
        exit(2);
    }
    char *command = command_for(argv[1]);
    FILE *ls = command == NULL ? NULL : popen(command, "r");
    if (ls == NULL) {
        perror("popen");
        exit(1);
    }
    int c, number = 0, at_beginning = 1;
    while ((c = getc(ls)) != EOF) {
        if (at_beginning) printf("%d: ", ++number);
        putchar(c);
        at_beginning = c == '\n';
    }
    int status = WEXITSTATUS(pclose(ls));
    printf("status %d\n", status);
    free(command);
    exit(status);
}

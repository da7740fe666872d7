/* The eight variants are two questions, p and e (l or v is only how a programmer writes the arguments down): so two calls do for all. */
#define _GNU_SOURCE /* execvpe */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv) {
    if (argc < 3) errx(2, "usage: exec-family VARIANT PROGRAM [ARG...]");
    const char *letters = argv[1];
    if (strncmp(letters, "exec", 4) != 0 || (letters[4] != 'l' && letters[4] != 'v')) errx(2, "what is %s?", letters);
    letters += 5;
    int searches = *letters == 'p';
    letters += searches;
    int changes = *letters == 'e';
    letters += changes;
    if (*letters != '\0') errx(2, "what is %s?", argv[1]);

    char **environment = changes ? (char *[]){"LAB=1", NULL} : environ;
    argv += 2;
    (searches ? execvpe : execve)(argv[0], argv, environment);
    err(errno == ENOENT || errno == ENOTDIR ? 127 : 126, "%s", argv[0]);
}

#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char kBlanks[] = " \t";

// A list for exec, with NULL at its end; it points into the command, which is cut into words.
static char **words_of(char *command) {
  char **words = malloc((strlen(command) / 2 + 2) * sizeof *words);
  if (words == NULL) {
    perror("pipex");
    _exit(1);
  }
  size_t count = 0;
  for (char *word = strtok(command, kBlanks); word != NULL; word = strtok(NULL, kBlanks)) {
    words[count++] = word;
  }
  words[count] = NULL;
  return words;
}

_Noreturn void become(char *command) {
  char **words = words_of(command);
  if (words[0] == NULL) {
    fprintf(stderr, "pipex: a command without a word\n");
    _exit(127);
  }
  execvp(words[0], words);
  const int why = errno;
  fprintf(stderr, "pipex: %s: %s\n", words[0], strerror(why));
  _exit(why == ENOENT ? 127 : 126);
}

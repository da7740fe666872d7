// pipex: joins two commands by a pipe.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. Four arguments: INFILE CMD1 CMD2 OUTFILE; anything else: a message on stderr, status 2.
  // 2. A pipe. Who reads from it, who writes to it, who closes what?
  // 3. A child for each command: its files, its end of the pipe, its words, exec. And if one of
  // these fails?
  // 4. Wait for both. Whose status is the program's?
  (void)argc;
  (void)argv;
  fprintf(stderr, "pipex: not written yet\n");
  return 1;
}

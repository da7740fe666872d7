// report-server: stores the reports that clients send.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. A port and a directory; anything else: a message on stderr, status 2. Listen.
  // 2. A client: who is it, and what time is it in UTC? That is the name of its file.
  // 3. Read its report to the end, however many pieces that is. They are bytes.
  // 4. What if recv() fails within it? And what does the next client notice of that?
  (void)argc;
  (void)argv;
  fprintf(stderr, "report-server: not written yet\n");
  return 1;
}

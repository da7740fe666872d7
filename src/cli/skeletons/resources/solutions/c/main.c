#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  const int inbox = open("inbox", O_RDONLY);
  if (inbox == -1) {
    perror("inbox");
    return 1;
  }
  char text[4096];
  ssize_t count;
  while ((count = read(inbox, text, sizeof text)) > 0) {
    if (write(STDOUT_FILENO, text, (size_t)count) != count) return 1;
  }
  return 0;
}

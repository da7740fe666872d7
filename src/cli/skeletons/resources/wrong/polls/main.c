// It looks whether there is something, ten times a second.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  const int inbox = open("inbox", O_RDONLY | O_NONBLOCK);
  if (inbox == -1) {
    perror("inbox");
    return 1;
  }
  char text[4096];
  ssize_t count;
  while ((count = read(inbox, text, sizeof text)) <= 0) {
    if (count == -1 && errno != EAGAIN) return 1;
    usleep(100 * 1000);
  }
  if (write(STDOUT_FILENO, text, (size_t)count) != count) return 1;
  return 0;
}

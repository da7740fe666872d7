// SPDX-License-Identifier: MIT
// A writer changes two files one after the other, a reader looks at both: "00", "10" and "11", but
// never "01".
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static void put(const char* name, char byte) {
  const int file = open(name, O_WRONLY | O_CREAT, 0600);
  (void)!write(file, &byte, 1);
  close(file);
}

static char get(const char* name) {
  char byte = '?';
  const int file = open(name, O_RDONLY);
  (void)!read(file, &byte, 1);
  close(file);
  return byte;
}

int main(void) {
  put("first", '0');
  put("second", '0');
  if (fork() == 0) {
    put("first", '1');
    put("second", '1');
    _exit(0);
  }
  // The second one first: who sees it changed must see the first one changed too.
  const char second = get("second");
  const char text[] = {get("first"), second, '\n'};
  while (wait(0) > 0) {
  }
  (void)!write(1, text, sizeof text);
  return 0;
}

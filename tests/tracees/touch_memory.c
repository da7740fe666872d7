// SPDX-License-Identifier: MIT
// touch_memory MIB: makes that much memory resident, then prints "touched".
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char** argv) {
  (void)argc;
  const size_t size = strtoul(argv[1], NULL, 10) << 20;
  char* memory = malloc(size);
  if (memory == NULL) {
    puts("refused");
    return 1;
  }
  memset(memory, 1, size);
  printf("touched %d\n", memory[size - 1]);
  return 0;
}

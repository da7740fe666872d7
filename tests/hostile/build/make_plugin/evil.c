// SPDX-License-Identifier: MIT
#include <stdio.h>
int plugin_is_GPL_compatible;
__attribute__((constructor)) static void loaded(void) {
  FILE* const file = fopen("@FILE@", "w");
  FILE* const said = fopen("said.txt", "a");
  fputs(file == NULL ? "library: refused\n" : "library: done\n", said);
  fclose(said);
}
int plugin_init(void* info, void* version) {
  (void)info;
  (void)version;
  return 1;
}

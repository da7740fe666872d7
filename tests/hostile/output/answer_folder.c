// SPDX-License-Identifier: MIT
// Puts a folder that nobody may open where a check reads a file, and files that nobody may read beside it.
#include "attack.h"

static void attack(void) {
  told("folder", mkdir("answer", 0));
  told("file", close(open("closed", O_WRONLY | O_CREAT, 0)));
  told("lab", chmod("/lab", 0));
}

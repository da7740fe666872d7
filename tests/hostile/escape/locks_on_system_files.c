// SPDX-License-Identifier: MIT
// Locks and leases files of /usr that all runs share.
#include "attack.h"

#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>

static void attack(void) {
  const int fd = open("/usr/bin/env", O_RDONLY);
  told("open", fd);
  // Advisory, and of nobody's interest; that it is possible is said in the notes.
  told("lock", flock(fd, LOCK_EX | LOCK_NB));
  told("lease for writing", fcntl(fd, F_SETLEASE, F_WRLCK));
  told("lease for reading", fcntl(fd, F_SETLEASE, F_RDLCK));
  told("notice", fcntl(fd, F_NOTIFY, DN_ACCESS));
  told("immutable", ioctl(fd, _IOW('f', 2, long), &(long){0x10}));
  told("truncate", truncate("/usr/bin/env", 0));
  told("touch", utimensat(AT_FDCWD, "/usr/bin/env", NULL, 0));
  told("new file", open("/usr/x", O_WRONLY | O_CREAT, 0644));
  told("attribute", setxattr("/usr/bin/env", "user.x", "x", 1, 0));
}

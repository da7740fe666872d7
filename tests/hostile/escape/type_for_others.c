// SPDX-License-Identifier: MIT
// Types into its terminal for whoever reads next (TIOCSTI), and into the machine's console.
#include "attack.h"

#include <sys/ioctl.h>
#include <termios.h>

static void attack(void) {
  char subcode = 3;  // paste
  told("TIOCSTI", ioctl(0, TIOCSTI, "x"));
  told("TIOCSTI, high half", syscall(SYS_ioctl, 0, (1L << 32) | TIOCSTI, "x"));
  told("TIOCLINUX", ioctl(0, TIOCLINUX, &subcode));
  told("TIOCSETD", ioctl(0, TIOCSETD, &(int){2}));
  told("TIOCCONS", ioctl(0, TIOCCONS, 0));
  told("steal", ioctl(0, TIOCSCTTY, 1));
  told("console", open("/dev/console", O_RDWR));
  told("tty1", open("/dev/tty1", O_RDWR));
}

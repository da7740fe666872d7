// SPDX-License-Identifier: MIT
// Makes the nodes of the machine's disks and memory, and opens those that may be there.
#include "attack.h"

#include <sys/sysmacros.h>

static void attack(void) {
  told("memory", mknod("/lab/mem", S_IFCHR | 0666, makedev(1, 1)));
  told("disk", mknod("/lab/disk", S_IFBLK | 0666, makedev(8, 0)));
  told("null", mknod("/tmp/null", S_IFCHR | 0666, makedev(1, 3)));
  told("/dev/mem", open("/dev/mem", O_RDWR));
  told("/dev/kmsg", open("/dev/kmsg", O_RDWR));
  told("/dev/sda", open("/dev/sda", O_RDWR));
  told("/dev/kvm", open("/dev/kvm", O_RDWR));
  told("/dev/loop-control", open("/dev/loop-control", O_RDWR));
  told("/dev/net/tun", open("/dev/net/tun", O_RDWR));
  // The harmless ones stay what they are.
  told("mode of null", chmod("/dev/null", 0));
  told("owner of null", chown("/dev/null", 1000, 1000));
  told("another null", rename("/lab/given", "/dev/null"));
}

// SPDX-License-Identifier: MIT
// Changes the kernel's settings, above all the program that it starts at a crash, outside of all namespaces.
#include "attack.h"

static void change(const char* path) {
  const int fd = open(path, O_WRONLY);
  told(path, fd < 0 ? fd : (int)write(fd, "1\n", 2));
}

static void attack(void) {
  change("/proc/sys/kernel/core_pattern");
  change("/proc/sys/kernel/modprobe");
  change("/proc/sys/kernel/hostname");
  change("/proc/sys/kernel/shmmax");
  change("/proc/sys/kernel/ns_last_pid");
  change("/proc/sys/vm/overcommit_memory");
  change("/proc/sys/vm/drop_caches");
  change("/proc/sys/fs/mqueue/queues_max");
  change("/proc/sys/net/ipv4/ip_unprivileged_port_start");
  change("/proc/sys/net/ipv4/ip_forward");
  change("/proc/sys/user/max_user_namespaces");
  change("/proc/sysrq-trigger");
  change("/proc/1/oom_score_adj");
  change("/proc/self/uid_map");
  change("/proc/self/setgroups");
  change("/proc/irq/0/smp_affinity");
  change("/proc/bus/pci/devices");
  change("/proc/acpi/wakeup");
  change("/proc/kcore");
}

// SPDX-License-Identifier: MIT
// Talks to the kernel by netlink: the audit system, firewalls, device events, and a new interface.
#include "attack.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

static void attack(void) {
  told("audit", socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT));
  told("uevent", socket(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT));
  told("netfilter", socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER));
  told("generic", socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC));
  told("xfrm", socket(AF_NETLINK, SOCK_RAW, NETLINK_XFRM));
  // Interfaces may be listed, and not made.
  const int route = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  struct {
    struct nlmsghdr head;
    struct ifinfomsg interface;
  } request = {.head = {.nlmsg_len = sizeof request,
                        .nlmsg_type = RTM_NEWLINK,
                        .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE}};
  struct {
    struct nlmsghdr head;
    struct nlmsgerr error;
    char rest[256];
  } answer = {0};
  (void)!send(route, &request, sizeof request, 0);
  (void)!recv(route, &answer, sizeof answer, 0);
  errno = -answer.error.error;
  told("new interface", errno != 0 ? -1 : 0);
}

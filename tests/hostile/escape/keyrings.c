// SPDX-License-Identifier: MIT
// Puts a key where all processes of the account find it, and reads theirs: keyrings are in no namespace of ours.
#include "attack.h"

static void attack(void) {
  told("add", syscall(SYS_add_key, "user", "hostile", "payload", 7, -4));
  told("request", syscall(SYS_request_key, "user", "hostile", NULL, -4));
  told("session", syscall(SYS_keyctl, 0, -3, 1));
  told("join", syscall(SYS_keyctl, 1, "hostile"));
  told("persistent", syscall(SYS_keyctl, 22, -1, -3));
}

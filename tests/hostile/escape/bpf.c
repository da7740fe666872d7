// SPDX-License-Identifier: MIT
// Loads a program into the kernel.
#include "attack.h"

#include <linux/bpf.h>
#include <linux/bpf_common.h>

static void attack(void) {
  struct bpf_insn code[2] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K}, {.code = BPF_JMP | BPF_EXIT}};
  union bpf_attr load = {.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
                         .insns = (uint64_t)(uintptr_t)code,
                         .insn_cnt = 2,
                         .license = (uint64_t)(uintptr_t) "GPL"};
  union bpf_attr map = {
      .map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
  told("load", syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load));
  told("map", syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map));
}

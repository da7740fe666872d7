// SPDX-License-Identifier: MIT
// Shared memory that a sandbox uses, where no control group counts it. What processes have in their
// tables tells /proc/PID/status; but memory that is shared lives on while nobody has it there.
#pragma once

#include <span>
#include <string_view>

#include "base/pid.h"
#include "base/units.h"

namespace plumbline::sandbox {

// Of nameless shared mappings and of files in memory (memfd_create(2)), each once: what is mapped
// as it is mapped, what is only open as it is used. What a process hides from this account's eyes
// is not counted. `open_too`: looks at descriptors as well, which takes longer.
Bytes SharedMemoryOf(std::span<const HostPid> processes, bool open_too);

// What System V objects use, attached or not: of a table of /proc/sysvipc.
enum class Ipc { kSegments, kSemaphores, kQueues };
Bytes MemoryOfIpc(Ipc kind, std::string_view table);

}  // namespace plumbline::sandbox

// SPDX-License-Identifier: MIT
// The memory that the processes of a sandbox use, where no control group counts it. What each has
// in its tables tells /proc/PID/status; but memory that is shared lives on while nobody has it
// there, and is in the tables of several.
#pragma once

#include <span>
#include <string_view>

#include "base/pid.h"
#include "base/units.h"

namespace plumbline::sandbox {

// What these processes use together, as a control group would count it but for files: private
// memory, resident or swapped out, and shared memory once. Which memory is shared by whom is looked
// up only where that can matter: if they have reserved more than `limit`, or with `open_too`
// (SharedMemoryOf). An instant's approximation, since they go on meanwhile. proc(5),
// /proc/PID/status.
Bytes MemoryOf(std::span<const HostPid> processes, Bytes limit, bool open_too);

// Of nameless shared mappings and of files in memory (memfd_create(2)), each once: what is mapped
// as it is mapped, what is only open as it is used. What a process hides from this account's eyes
// is not counted. `open_too`: looks at descriptors as well, which takes longer.
Bytes SharedMemoryOf(std::span<const HostPid> processes, bool open_too);

// What System V objects use, attached or not: of a table of /proc/sysvipc.
enum class Ipc { kSegments, kSemaphores, kQueues };
Bytes MemoryOfIpc(Ipc kind, std::string_view table);

}  // namespace plumbline::sandbox

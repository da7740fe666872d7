// SPDX-License-Identifier: MIT
// What the tracer knows of each thread and process that it follows.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/pid.h"
#include "base/unique_fd.h"
#include "record/event.h"
#include "trace/breakpoints.h"
#include "trace/instruction.h"
#include "trace/ptrace.h"
#include "trace/where/trail.h"

namespace plumbline::trace {

namespace where {
class Image;
}

constexpr int kSignals = 65;  // 1..64

enum class Disposition : uint8_t { kDefault, kIgnored, kHandled };
struct SignalAction {
  Disposition disposition = Disposition::kDefault;
  uint64_t handler = 0;     // of kHandled: its address
  bool restarts = false;    // SA_RESTART
  bool once = false;        // SA_RESETHAND
  bool no_zombies = false;  // SA_NOCLDWAIT, of SIGCHLD
};

// On rung C: a page of the process's own that only the grader can change, for addresses of sockets
// (address_page.cc). It is made by two calls in its name, before one that it stands before.
struct PageMaking {
  user_regs_struct call;  // the one that it stood before
  uint64_t page = 0;      // once it is there; then it is to be sealed
  bool in_call = true;    // of ours; else on the way to the second, perhaps by way of a handler
};

struct Process {
  record::ProcessIndex index = 0;
  HostPid host;
  Pid pid;
  record::ProcessIndex parent = record::kGrader;  // as it is now; kGrader: init
  std::string program;                            // file name of what it runs
  std::string executable;
  std::array<SignalAction, kSignals> actions{};
  std::vector<record::ProcessIndex> children;  // not reaped
  std::unordered_map<int, int> objects;        // descriptor -> object, as far as known
  std::pair<uint64_t, uint64_t> loader{0, 0};  // where ld.so is mapped
  // Of a run that watches accesses to shared memory (accesses.cc):
  bool maps_shared = false;
  std::optional<std::vector<std::pair<uint64_t, uint64_t>>> shared_memory;  // once asked for
  std::shared_ptr<Breakpoints> returns;       // where libraries return to its own code
  std::shared_ptr<Breakpoints> breakpoints;   // once there were any
  std::shared_ptr<where::Image> image;        // where its code is, once somebody asked
  where::Trail birth = where::kNoTrail;       // where it was made; nothing once it executes
  where::Trail last_child = where::kNoTrail;  // where it made its last child
  where::Trail end = where::kNoTrail;         // where it ended itself, or was ended
  bool crashed = false;                       // by a fault of its own, there
  std::optional<uint64_t> fault;              // and the address that it tried to use
  int threads = 1;
  bool on_own_stack = true;  // else born by vfork(2)
  bool begun = false;        // runs a program; until then, the grader's own way to it
  bool stopped = false;
  bool ended = false;
  bool reaped = false;
  bool peer = false;
  bool late_filter = false;   // has it (late_filter.h)
  uint64_t address_page = 0;  // 0: none yet; a child makes its own
  // Shares its descriptor table with another process (CLONE_FILES): what is known of it may be old.
  bool shares_descriptors = false;
  int end_status = 0;    // of ended: as wait(2) has it
  Duration processor{};  // when it was last asked
  uint64_t wakeups = 0;  // by timers and timed waits of its own
  // Which child of which child it is, "1.2"; those that a run starts are 1, 2 ...: the same in each
  // run, whatever the order of births.
  std::string lineage;
  int births = 0;      // children that it made
  uint64_t turns = 0;  // calls before which it waited for its turn
};

// A call that a signal cut (signal(7)).
struct CutCall {
  Entry entry;
  int64_t result = 0;           // the kernel's own: whether and when it is made again
  bool followed = false;        // its end would have been told
  bool decided = false;         // it is made again; else the next delivery decides
  std::optional<Duration> due;  // of one that waits for so long at most: virtual time
};

// A call that ends by itself (clock/waits.h).
struct TimedWait {
  Duration due{};        // virtual time
  bool expired = false;  // its time came; the thread is being told
};
// The same, of a socket that has a time-out (clock/socket_timeouts.h).
struct SocketWait {
  Entry call;
  uint64_t runs = 0;  // how often the thread had been given a processor; it still sleeps if no more
  bool expired = false;
};

// A handler that runs, in a run that observes handlers (handlers.cc).
struct HandlerRun {
  int signal = 0;
  uint64_t handler = 0;                   // its address
  bool anywhere = false;                  // it could have come at any instant
  std::optional<int> error;               // errno when it began
  bool told = false;                      // it called what it must not
  where::Trail failed = where::kNoTrail;  // its last call that failed
};

// An instruction that reads or writes shared memory, before which a task stands, or in which.
struct SharedAccess {
  MemoryAccess what;
  std::optional<std::string> read;  // of one in two steps: what it found, once it has
};

// Calls that a task made one right after the other to no effect (blocked/asking.h).
struct Asking {
  uint64_t effects = 0;  // of the run, at the last of them
  int calls = 0;
  std::unordered_set<uint64_t> kinds;  // of them: what is called, from where, about what
  Duration processor{};                // of its process, when it was last measured
  std::string moved = {};              // bytes read and written by then
  int readings = 0;                    // of clocks
  bool stands = false;                 // it was held for it; else, of kAsking, for a look alone
};

struct Task {
  enum class State {
    kStarting,   // its first stop is still to come
    kRunning,    // in user code, or in a call that is not followed
    kInCall,     // let into a call that is followed to its end
    kHeld,       // stopped by us, until Tracer::Release
    kAsking,     // stopped by us before a call of which it makes many, until the next stops
    kGroupStop,  // stopped by a signal, listening
  };
  HostPid host;
  Pid tid;
  Process* process = nullptr;
  State state = State::kStarting;
  Entry call;          // of kInCall and of a hold before a call; else the last one
  uint64_t calls = 0;  // that stopped, so far
  uint64_t kill = 0;   // which of them sent a signal last
  bool held_at_call =
      false;                 // of kHeld: before `call`; else before the program's first instruction
  bool awaits_turn = false;  // of kHeld: not for the scenario's sake
  bool rewound = false;      // comes back to the call that it was held before
  bool restarted = false;    // `call` was cut by a signal and taken up again
  std::optional<Duration> due;    // of `restarted`: as CutCall::due
  std::optional<TimedWait> wait;  // of kInCall
  std::optional<SocketWait> socket_wait;
  std::optional<user_regs_struct> replaced_call;  // while it gets its late filter
  std::optional<PageMaking> page_making;
  Asking asking;
  std::optional<SharedAccess> access;   // of kHeld, not at a call
  std::optional<uint64_t> read_shared;  // where it last read shared memory, and did not write since
  int follows = 0;                      // instructions that may still be followed in this turn
  std::optional<uint64_t> tested;       // the last conditional jump of the student's among them
  // Arguments of `call` that were changed, and what the program had there.
  std::vector<std::pair<int, uint64_t>> changed;
  // The same, of words of its memory, by address.
  std::vector<std::pair<uint64_t, uint64_t>> changed_words;
  bool awaits_connection = false;  // `call` is a connect(2), which waits as another one
  std::string led_to;              // of `call`, a connect(2): the other name of its socket
  int address_slot = 0;            // and where in the page it stands
  uint32_t address_room = 0;       // of `call`: the bytes that it may be told of an address
  bool once_more = false;          // `call` is made again when it has ended
  bool is_second = false;          // it is made for the second time
  bool in_vfork = false;           // made a child by vfork(2), and may still wait for it
  bool leaves = false;  // a thread that ends; the first one stays as a shell until all have
  // Calls that handlers came into, the innermost last.
  std::vector<CutCall> cuts;
  // Handlers that it is in, the innermost last; of one that is left by longjmp(3) too.
  std::vector<HandlerRun> handlers;
  std::optional<uint64_t> steps_over;  // a breakpoint, by one instruction
  // Pending halves of calls that make events before their end is known.
  int sent_event = -1;
  int sent_signal = 0;  // by the last call, if that sent one
  std::optional<record::Executed> executing;
  where::Trail executing_at = where::kNoTrail;
  // A delivery that is to stop the process; the kernel does not stop members of an orphaned group.
  int stopping_event = -1;
  // A child that ended before its number could be read.
  std::optional<record::ProcessIndex> unnumbered_child;
  // Kept open for the test of rest.
  UniqueFd proc_syscall;
  UniqueFd proc_schedstat;
  UniqueFd proc_stat;
};

}  // namespace plumbline::trace

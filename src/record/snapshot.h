// SPDX-License-Identifier: MIT
// The state of all processes at one instant, when nothing could move: what /proc, the socket tables
// and the working directory said.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "record/event.h"

namespace plumbline::record {

enum class ObjectKind {
  kFile,
  kDirectory,
  kPipe,
  kFifo,
  kSocket,
  kTerminal,
  kNull,
  kDevice,
  kOther,  // epoll, eventfd, signalfd, timerfd, pidfd, inotify: see `name`
};

// What descriptors refer to. Numbered from 1 by first appearance in the run.
struct Object {
  ObjectKind kind = ObjectKind::kOther;
  std::string
      name;  // path inside the sandbox; "pipe", "socket", "anon_inode:[eventpoll]" without inode
  std::string
      role;  // the grader's end, if it is one: "stdin", "submission.stdout", "terminal", "a"
};

struct Descriptor {
  int object = 0;
  bool readable = false;
  bool writable = false;
  bool append = false;
  bool nonblocking = false;
  bool close_on_exec = false;
  int64_t offset = 0;
  bool operator==(const Descriptor&) const = default;
};

enum class ProcessState { kRunning, kAsleep, kStopped, kZombie, kHeld };

// What a blocked call is about, where that is no descriptor of its own.
enum class Thing {
  kFifo,          // open(2): `name` is its path
  kAddress,       // connect(2): `name`
  kMutex,         // futex(2): what the C library keeps beside the word tells the kinds apart
  kCondition,     //
  kSemaphore,     // sem_wait(3)
  kThread,        // pthread_join(3)
  kFutex,         // any other
  kSemaphoreSet,  // semop(2): `name` is its identifier, `number` which of the set
  kMessageQueue,  // msgsnd(2), msgrcv(2): `name` is its identifier
  kFileLock,      // flock(2), fcntl(2)
  kDescriptors,   // poll(2), select(2), epoll_wait(2): `asked`
};

// A thread that has what another one waits for, as far as the lock itself or the kernel tells.
struct HeldBy {
  ProcessIndex process = 0;
  Pid tid;  // 0: unknown
  bool operator==(const HeldBy&) const = default;
};

struct Asked {
  int fd = -1;
  int object = 0;
  bool reads = false;
  bool writes = false;
  bool operator==(const Asked&) const = default;
};

struct Awaited {
  Thing thing = Thing::kFutex;
  std::string name;
  int number = 0;
  bool writes = false;     // opens for writing, or sends
  int memory = 0;          // shared memory that a futex lies in; 0: the process's own
  uint64_t offset = 0;     // and where there
  std::vector<HeldBy> by;  // of a thread to be joined: itself; of a semaphore: who used it last
  std::vector<Asked> asked;
};

// What a thread that cannot move waits in.
struct Blocked {
  std::string call;  // "read", "wait4", "futex", ...; "" : it spins
  int fd = -1;
  int object = 0;
  std::vector<uint64_t> args;        // raw, for those who know the call
  std::vector<int> signals;          // of sigwait and sigsuspend: those that would end it
  std::optional<Duration> deadline;  // virtual, absolute
  std::optional<Location> where;
  std::optional<Awaited> awaits;
};

struct Thread {
  Pid tid;
  std::optional<Blocked> blocked;
  std::vector<int> blocked_signals;
  std::vector<int> pending_signals;
};

// A shared mapping (mmap MAP_SHARED, shmat). Same `memory`: same pages.
struct SharedMapping {
  int memory = 0;  // numbered by first appearance
  uint64_t length = 0;
  uint64_t offset = 0;
  bool writable = false;
  std::string name;  // path, "/dev/shm/x", "SYSV", or "" for anonymous
  bool operator==(const SharedMapping&) const = default;
};

struct ProcessStateAt {
  ProcessIndex process = 0;
  ProcessIndex parent = kGrader;  // kGrader: init
  Pid group;
  Pid session;
  bool has_terminal = false;
  bool in_foreground = false;  // of its terminal
  ProcessState state = ProcessState::kRunning;
  std::string program;     // file name of what it runs; of a script: the interpreter's
  std::string executable;  // path inside the sandbox
  std::map<int, Descriptor> descriptors;
  std::vector<int> caught;
  std::vector<int> ignored;
  std::vector<Thread> threads;
  std::vector<SharedMapping> shared;
};

struct SocketState {
  std::string family;  // "inet", "inet6", "unix"
  std::string type;    // "stream", "dgram"
  std::string local;   // "127.0.0.1:7", "/lab/S", "@name", ""
  std::string remote;
  bool listening = false;
  std::string state;  // "ESTABLISHED", "CLOSE_WAIT", ... of TCP
  uint64_t unread = 0;
  uint64_t unsent = 0;
};

// How the other side left a connection of the grader's.
enum class Ended { kOpen, kHalfClosed, kClosed, kReset };

struct FileState {
  ObjectKind kind = ObjectKind::kFile;
  uint32_t mode = 0;  // permission bits
  uint64_t size = 0;
  std::string content;  // of regular files, if it was asked for
  bool cut = false;     // content is only the beginning
  std::string target;   // of links
};

struct IpcObject {
  std::string kind;  // "shared memory", "semaphore", "message queue"
  std::string name;  // "/dev/shm/x", "System V 3 (key 0x1)"
  bool operator==(const IpcObject&) const = default;
};

struct Snapshot {
  std::string name;
  int event = 0;  // how many events came before it
  Duration time{};
  std::vector<ProcessStateAt> processes;  // alive or zombie, by birth
  std::map<int, SocketState> sockets;     // by object
  std::map<std::string, Ended> connections;
  std::map<std::string, uint64_t> stream_sizes;
  std::map<std::string, FileState> files;  // by path below the working directory
  bool files_taken = false;
  bool files_cut = false;  // there were more than are kept
  std::vector<IpcObject> ipc;
  std::string terminal;  // settings, one "name value" a line (termios(3)); "" without a terminal
  std::map<int, std::string> memory_hashes;  // of shared memory, by number, if asked for
};

}  // namespace plumbline::record

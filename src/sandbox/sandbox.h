// SPDX-License-Identifier: MIT
// Processes that can do no harm: one Sandbox is one throw-away world (namespaces, private root,
// limits) with a small init inside. The supervisor asks, init does: it makes files and sockets from
// within, starts programs, reads what they left. Everything is gone when the Sandbox is destroyed.
//
// Lives in the supervisor, in its one thread; init is a child process of the supervisor (pid 1
// inside).
//
//   TRY_ASSIGN(Sandbox box, Sandbox::Create(options));
//   TRY(box.PutFile({.path = "/lab/words", .content = "a\n"}));
//   TRY_ASSIGN(Started started, box.Start({.argv = {"/usr/bin/cat"}, .descriptors = {0, out,
//   err}}));
//   ... attach a tracer to started.host_pid ...
//   TRY(started.Proceed());
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/pid.h"
#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::sandbox {

class SharedNetwork;

// Isolation, best first; see README.md for what each promises.
enum class Rung { kA, kB, kC, kUnsafe };
std::string ToString(Rung rung);

struct Limits {
  Bytes memory = MiB(256);  // of all processes together, where a cgroup can
  int processes = 64;       // threads count
  int descriptors = 256;
  Bytes file = MiB(64);
  Bytes disk = MiB(128);                    // of the writable file systems together
  Duration cpu = std::chrono::seconds(10);  // per process, a far ceiling; the tracer judges the sum
  Bytes address_space =
      {};  // of each process; 0: a far ceiling only (right programs reserve a lot)
};

struct Options {
  Rung rung = Rung::kB;
  Limits limits = {};
  std::vector<std::string> hidden_paths = {};  // host paths masked inside (installed exercises)
};

// A file to make inside. Parent directories are made too (0755).
struct FileToMake {
  enum class Kind { kFile, kFifo, kDirectory, kSocket, kLink };
  std::string path;  // absolute, inside
  Kind kind = Kind::kFile;
  std::string_view content = {};
  std::string target = {};
  int mode = 0644;
};

struct FileEntry {
  enum class Kind { kFile, kDirectory, kFifo, kSocket, kLink, kDevice };
  std::string path;  // relative to the tree's root
  Kind kind = Kind::kFile;
  uint32_t mode = 0;
  uint64_t size = 0;
  std::string content = {};
  bool cut = false;  // of content
  std::string target = {};
};
struct Tree {
  std::vector<FileEntry> entries;  // sorted by path
  bool cut = false;                // there were more than `most_entries`
};

struct IpcObject {
  std::string kind;  // "shared memory", "semaphore", "message queue"
  std::string name;
};

// A program to start. Descriptors are the supervisor's own, passed in; -1: closed inside.
struct Program {
  std::vector<std::string> argv;  // argv[0] is shown to the program
  // Of the executable, inside; empty: argv[0]. Without a slash: looked for in the PATH of `env`.
  std::string path = {};
  std::vector<std::string> env = {};  // "NAME=value", complete
  std::string directory = "/lab";
  std::array<int, 3> descriptors{-1, -1, -1};
  // The terminal's slave becomes 0, 1, 2 and the controlling terminal of a session whose leader is
  // a stand-in for a shell and stays; the program is in the foreground group. Descriptors are
  // ignored.
  int terminal = -1;
  std::string filter =
      {};  // seccomp filter (policy.h), installed last, after the tracer has attached
  // Stands in argv for the program's own PID, which nobody knows before; empty: nothing does.
  std::string own_pid = {};
  // Its memory is laid out alike in each run (personality(2), ADDR_NO_RANDOMIZE), where that may
  // be asked for.
  bool fixed_addresses = false;
};

// A started program, held just before it installs its filter and execs.
class Started {
 public:
  HostPid host_pid;
  Pid pid;
  // Of the stand-in shell's session leader with a terminal, else 0.
  HostPid session_leader;
  // Lets it go on to exec. An error names the stage that failed inside ("execve: No such file
  // ..."). Call when the tracer has attached; without a tracer, at once. Does not wait.
  Status Proceed();
  // What went wrong between Proceed() and exec, if it is known by now (the program has ended then).
  std::optional<Error> Failure();
  UniqueFd gate;
  std::string name;  // argv[0], for messages
};

class Sandbox {
 public:
  // Makes the world and its init. Errors say which step failed and what to do.
  static Result<Sandbox> Create(const Options& options);
  Sandbox(Sandbox&&) noexcept;
  Sandbox& operator=(Sandbox&&) noexcept;
  // Kills everything inside (SIGKILL to init ends the PID namespace), reaps init, removes the
  // cgroup or the folder.
  ~Sandbox();

  Rung rung() const;
  HostPid init() const;
  // On rung C the folder of this machine that stands for the root: what is /lab to the supervisor
  // is the folder's lab to a program. Else "".
  const std::string& base() const;
  // On rung C, where the network is the machine's: what the run has of it. Else nullptr.
  SharedNetwork* network() const;
  // Kills all that was started and what it left; a sandbox is for one run. On rungs A and B that
  // comes with the end of init.
  void KillPrograms();
  // One of the sockets below was asked for.
  bool made_sockets() const;

  Status PutFiles(std::span<const FileToMake> files);
  // What a step does to a file while programs run: append, rewrite in place, replace (rename),
  // remove.
  enum class Change { kAppend, kRewrite, kReplace, kRemove };
  Status ChangeFile(const std::string& path, Change change, std::string_view content);

  Result<Started> Start(const Program& program);

  // Sockets made inside, for peers; close-on-exec and non-blocking. Addresses are 127.0.0.1.
  Result<UniqueFd> ListenTcp(int port, int backlog = 128);
  Result<UniqueFd> ListenUnix(const std::string& path, int backlog = 128);
  // A connection under way (EINPROGRESS) is a success: poll for writing, then SO_ERROR.
  Result<UniqueFd> ConnectTcp(int port);
  Result<UniqueFd> ConnectUnix(const std::string& path);
  // Non-blocking; for writing without a reader the error's code is ENXIO.
  Result<UniqueFd> OpenFifo(const std::string& path, bool for_writing);
  // A regular file, blocking; for writing it is made (0644) or emptied.
  Result<UniqueFd> OpenFile(const std::string& path, bool for_writing);
  struct Terminal {
    UniqueFd master;
    UniqueFd slave;
  };
  Result<Terminal> OpenTerminal();
  // Answers about the sockets inside (sock_diag(7)); blocking.
  Result<UniqueFd> OpenDiagnosis();

  // What is below `root`: taken from inside, no link followed, regular files only are read.
  Result<Tree> ReadTree(const std::string& root, bool with_content, Bytes most_content = MiB(16),
                        int most_entries = 10000);
  // System V objects, POSIX shared memory and semaphores (/dev/shm), message queues.
  Result<std::vector<IpcObject>> ListIpc();
  // Who last changed a semaphore of a System V set (semctl(2), GETPID); 0: nobody, or it has gone.
  Result<Pid> LastUserOfSemaphore(int set, int number);

  // Waits for the end of what Start() started, without a tracer (builds). `deadline` is real time
  // from now; nothing: it had not ended by then.
  struct End {
    int status = 0;
    int killed_by = 0;
  };
  Result<std::optional<End>> WaitFor(const Started& started, Duration deadline);

  // Of the whole tree, where a cgroup tells (rung A); else nothing. Of a kernel that remembers no
  // peak (before Linux 5.19, version 2) what is used now.
  std::optional<Bytes> PeakMemory() const;
  // What its System V objects use, on each rung.
  Bytes IpcMemory() const;
  // The cgroup's limit was hit and the kernel killed for it.
  bool MemoryLimitHit() const;

 private:
  friend class SandboxPool;
  struct State;
  explicit Sandbox(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A text in which what is below `base` of a sandbox is told as if that were the root. As it is: "".
std::string WithoutBase(std::string text, const std::string& base);

// Called once by a supervisor before its first Sandbox of rung A or B: a parent network namespace
// of its own whose children get small connection tables (net.ipv4.tcp_child_ehash_entries), and
// with it a user namespace where this account needs one.
Status EnterSupervisorNamespaces();
// Called once by a supervisor before its first Sandbox of rung C: root's rights are given up for
// good, and folders of supervisors that were killed are removed.
Status EnterSharedWorld();
// By who was over supervisors of rung C that were killed, and has killed what they left: removes
// the folders that are there still. As the account that they have, in a process of its own.
void RemoveFoldersOfKilled();

// Whether runs of rung C can have sockets here: the tracer takes up the programs' sockets for that.
Status CanShareNetwork();

// The best that this machine can offer, found by doing it: better ones are tried first, and a worse
// one only when they fail.
Rung BestRung();

// All that it can offer, and why it cannot offer more.
struct Probe {
  Rung best = Rung::kUnsafe;
  std::vector<std::string> facts;   // "user namespaces: yes", one a line
  std::vector<std::string> advice;  // how to get a better rung
};
Probe ProbeMachine();

}  // namespace plumbline::sandbox

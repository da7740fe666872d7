// SPDX-License-Identifier: MIT
#include "tests/hostile/outside.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/check.h"
#include "base/io.h"

namespace plumbline::hostile {
namespace {

namespace fs = std::filesystem;

constexpr char kUntouched[] = "untouched\n";
constexpr char kHidden[] = "the hidden answer";

// Its memory, which an attack may know of.
std::array<char, 4096> memory_of_bystander;

[[noreturn]] void StandBy(int questions) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NAME, "bystander");
  ::prctl(PR_SET_DUMPABLE, 1);
  memory_of_bystander.fill('u');
  char question = 0;
  while (::read(questions, &question, 1) == 1) {
    bool well = true;
    for (const char byte : memory_of_bystander) well = well && byte == 'u';
    (void)!::write(questions, well ? "y" : "n", 1);
  }
  ::_exit(0);
}

void Write(const fs::path& path, const std::string& text) {
  std::ofstream(path) << text;
  fs::permissions(path, fs::perms(0666));
}

template <typename Address>
UniqueFd Bound(int family, int type, const Address& address, socklen_t size) {
  UniqueFd socket(::socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  CHECK(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0);
  if (type == SOCK_STREAM) CHECK(::listen(socket.get(), 16) == 0);
  return socket;
}

UniqueFd BoundToLoopback(int type, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return Bound(AF_INET, type, address, sizeof address);
}

int PortOf(const UniqueFd& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  CHECK(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  return ntohs(address.sin_port);
}

UniqueFd BoundToAbstract(const std::string& name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + 1, name.data(), name.size());
  return Bound(AF_UNIX, SOCK_STREAM, address,
               static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size()));
}

UniqueFd BoundToPath(const fs::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  CHECK(path.string().size() < sizeof address.sun_path);
  std::strcpy(address.sun_path, path.c_str());
  UniqueFd socket = Bound(AF_UNIX, SOCK_STREAM, address, sizeof address);
  fs::permissions(path, fs::perms(0777));
  return socket;
}

int SharedMemory() {
  const int id = ::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0666);
  CHECK(id >= 0);
  void* const start = ::shmat(id, nullptr, 0);
  std::memset(start, 'u', 4096);
  ::shmdt(start);
  return id;
}
bool IsUntouched(int memory) {
  void* const start = ::shmat(memory, nullptr, SHM_RDONLY);
  if (start == reinterpret_cast<void*>(-1)) return false;
  const std::string content(static_cast<const char*>(start), 4096);
  ::shmdt(start);
  return content == std::string(4096, 'u');
}

bool HasVisitor(const UniqueFd& socket) {
  pollfd waiting{socket.get(), POLLIN, 0};
  return ::poll(&waiting, 1, 0) != 0;
}

// Of a table of /proc/sysvipc the columns that do not change by looking: key, identifier, mode.
std::string Objects(const char* path) {
  std::istringstream lines(ReadProc(path));
  std::string objects;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string key, identifier, mode;
    fields >> key >> identifier >> mode;
    objects.append(key + " " + identifier + " " + mode + "\n");
  }
  return objects;
}

// What a test can see of the whole machine and no attack may change, by what it is called.
std::map<std::string, std::string> Machine() {
  utsname names{};
  ::uname(&names);
  return {{"the host's name", names.nodename},
          {"the mounts", ReadProc("/proc/self/mountinfo")},
          {"the System V memory", Objects("/proc/sysvipc/shm")},
          {"the System V semaphores", Objects("/proc/sysvipc/sem")},
          {"the System V queues", Objects("/proc/sysvipc/msg")}};
}

std::vector<pid_t> ChildrenOf(pid_t pid) {
  const std::string name = std::to_string(pid);
  std::istringstream list(ReadProc(("/proc/" + name + "/task/" + name + "/children").c_str()));
  std::vector<pid_t> children;
  for (pid_t child = 0; list >> child;) children.push_back(child);
  return children;
}

}  // namespace

Bystander::Bystander() {
  std::array<int, 2> ends{};
  CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  questions_.Reset(ends[0]);
  const UniqueFd theirs(ends[1]);
  pid_ = ::fork();
  CHECK(pid_ >= 0);
  if (pid_ == 0) {
    // Else it would keep both ends, and sleep on if who asks ended before its prctl(2).
    questions_.Reset();
    StandBy(theirs.get());
  }
}

Bystander::~Bystander() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

bool Bystander::IsWell() const {
  constexpr int kPatience = 20000;
  pollfd answer{questions_.get(), POLLIN, 0};
  char word = 0;
  return ::send(questions_.get(), "?", 1, MSG_NOSIGNAL) == 1 &&
         ::poll(&answer, 1, kPatience) == 1 && ::read(questions_.get(), &word, 1) == 1 &&
         word == 'y';
}

int Bystander::Niceness() const { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(pid_)); }

Outside::Outside(const fs::path& folder) : folder_(folder) {
  const fs::path file = folder / "canary";
  Write(file, kUntouched);
  const std::string abstract = "plumbline-hostile-" + std::to_string(::getpid());
  tcp_ = BoundToLoopback(SOCK_STREAM, 0);
  udp_ = BoundToLoopback(SOCK_DGRAM, PortOf(tcp_));
  abstract_ = BoundToAbstract(abstract);
  local_ = BoundToPath(folder / "socket");
  memory_ = SharedMemory();
  words_ = {{"@FILE@", file},
            {"@PID@", std::to_string(bystander_.pid())},
            {"@TCP@", std::to_string(PortOf(tcp_))},
            {"@ABSTRACT@", abstract},
            {"@SOCKET@", folder / "socket"},
            {"@SHM@", std::to_string(memory_)},
            {"@EXERCISE@", folder.parent_path() / "endure"},
            {"@HIDDEN@", kHidden}};
  before_ = Machine();
}

Outside::~Outside() { ::shmctl(memory_, IPC_RMID, nullptr); }

std::string Outside::Fill(std::string text) const {
  for (const auto& [word, value] : words_) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.replace(at, word.size(), value);
  }
  return text;
}

std::vector<std::string> Outside::Listening() const {
  std::vector<std::string> harm;
  if (HasVisitor(tcp_)) harm.emplace_back("somebody connected to the port outside");
  if (HasVisitor(udp_)) harm.emplace_back("somebody sent to the port outside");
  if (HasVisitor(abstract_)) harm.emplace_back("somebody connected to the abstract address");
  if (HasVisitor(local_)) harm.emplace_back("somebody connected to the socket's path");
  return harm;
}

std::vector<std::string> Outside::Files() const {
  std::vector<std::string> harm;
  std::error_code ignored;
  if (ReadFile(folder_ / "canary").value_or("") != kUntouched)
    harm.emplace_back("the file outside was changed");
  if (fs::status(folder_ / "canary", ignored).permissions() != fs::perms(0666))
    harm.emplace_back("the mode of the file outside was changed");
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename();
    if (name != "canary" && name != "socket") harm.push_back("there is a file outside: " + name);
  }
  return harm;
}

std::vector<std::string> Outside::Harm() const {
  std::vector<std::string> harm = Listening();
  for (std::string& each : Files()) harm.push_back(std::move(each));
  if (!bystander_.IsWell()) harm.emplace_back("the process outside was reached");
  // Not beside our own as it is now: who slows the whole account slows us as well.
  if (bystander_.Niceness() != niceness_ || ::getpriority(PRIO_PROCESS, 0) != niceness_)
    harm.emplace_back("the process outside was slowed");
  if (!IsUntouched(memory_)) harm.emplace_back("the shared memory outside was changed");
  const auto now = Machine();
  for (const auto& [what, before] : before_) {
    if (now.at(what) != before) harm.push_back(what + " changed");
  }
  const std::vector<std::string> left = Descendants();
  const std::string ours = std::to_string(bystander_.pid()) + " ";
  for (const std::string& process : left) {
    if (!process.starts_with(ours)) harm.push_back("a process is left: " + process);
  }
  return harm;
}

std::vector<std::string> Descendants() {
  std::vector<pid_t> all = ChildrenOf(::getpid());
  for (size_t i = 0; i < all.size(); ++i) {
    for (const pid_t child : ChildrenOf(all[i])) all.push_back(child);
  }
  std::vector<std::string> named;
  named.reserve(all.size());
  for (const pid_t pid : all) {
    const std::string folder = "/proc/" + std::to_string(pid) + "/";
    std::string line = std::to_string(pid);
    for (const char* file : {"comm", "wchan", "syscall"})
      line += " " + ReadProc((folder + file).c_str());
    std::erase(line, '\n');
    named.push_back(std::move(line));
  }
  return named;
}

}  // namespace plumbline::hostile

// SPDX-License-Identifier: MIT
#include "sandbox/landlock.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "sandbox/shared.h"

namespace plumbline::sandbox {
namespace {

// Younger than the headers of Debian 12.
constexpr uint64_t kTruncate = 1ULL << 14;     // since level 3
constexpr uint64_t kDeviceIoctl = 1ULL << 15;  // since level 5
struct RulesetAttributes {
  uint64_t handled_files = 0;
  uint64_t handled_network = 0;
  uint64_t scoped = 0;
};
constexpr uint64_t kAllOfNetwork = 3;  // bind, connect: no port is allowed
constexpr uint64_t kAllScopes = 3;     // abstract sockets, signals

constexpr uint64_t kReading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr uint64_t kUsing = kReading | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr uint64_t kDevice =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kDeviceIoctl;
constexpr uint64_t kAllOfFiles = (kDeviceIoctl << 1) - 1;
// Device nodes are not made by anybody.
constexpr uint64_t kAllOfOwnFiles =
    kAllOfFiles & ~uint64_t{LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK};
// What may be said of something that is no directory.
constexpr uint64_t kOfPlainFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                   LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kDeviceIoctl;

struct Allowed {
  const char* path;
  uint64_t access;
};
// What a machine lacks is passed over.
constexpr Allowed kOfMachine[] = {
    {"/usr", kUsing},
    {"/bin", kUsing},
    {"/sbin", kUsing},
    {"/lib", kUsing},
    {"/lib64", kUsing},
    {"/lib32", kUsing},
    {"/libx32", kUsing},
    {"/etc/ld.so.cache", kReading},
    {"/etc/services", kReading},
    {"/etc/protocols", kReading},
    {"/etc/alternatives", kReading},
    {"/etc/passwd", kReading},
    {"/etc/group", kReading},
    {"/etc/nsswitch.conf", kReading},
    {"/etc/hosts", kReading},
    {"/etc/localtime", kReading},
    // The kernel keeps the memory, the descriptors and the environment of others to itself.
    {"/proc", kReading},
    {"/dev/null", kDevice},
    {"/dev/zero", kDevice},
    {"/dev/full", kDevice},
    {"/dev/random", kDevice},
    {"/dev/urandom", kDevice},
    {"/dev/tty", kDevice},
    {"/dev/ptmx", kDevice},
    {"/dev/pts", kDevice | LANDLOCK_ACCESS_FS_READ_DIR},
};

Status Allow(int ruleset, int file, uint64_t access, const std::string& path) {
  struct stat info{};
  if (::fstat(file, &info) < 0) return ErrnoError("fstat " + path);
  landlock_path_beneath_attr rule{};
  rule.allowed_access = S_ISDIR(info.st_mode) ? access : access & kOfPlainFiles;
  rule.parent_fd = file;
  if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0)
    return ErrnoError("landlock_add_rule " + path);
  return {};
}

bool IsBelow(const std::string& path, const std::string& folder) {
  return path == folder || path.starts_with(folder.ends_with('/') ? folder : folder + "/");
}

// A rule cannot take away what another gives, so what is around a hidden path is allowed piece by
// piece.
class Granting {
 public:
  Granting(int ruleset, const std::vector<std::string>& hidden)
      : ruleset_(ruleset), hidden_(hidden) {}

  Status Grant(const std::string& path, uint64_t access) const {
    if (std::ranges::any_of(hidden_, [&](const auto& one) { return IsBelow(path, one); }))
      return {};
    const UniqueFd file(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!file) return errno == ENOENT || errno == EACCES ? Status() : ErrnoError("open " + path);
    const bool whole =
        std::ranges::none_of(hidden_, [&](const auto& one) { return IsBelow(one, path); });
    return whole ? Allow(ruleset_, file.get(), access, path) : GrantEntries(path, access);
  }

 private:
  Status GrantEntries(const std::string& path, uint64_t access) const {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
    if (!folder) return ErrnoError("open " + path);
    while (const dirent* entry = ::readdir(folder.get())) {
      const std::string name = entry->d_name;
      if (name == "." || name == ".." || entry->d_type == DT_LNK) continue;
      TRY(Grant(path + "/" + name, access));
    }
    return {};
  }

  int ruleset_;
  const std::vector<std::string>& hidden_;
};

}  // namespace

int LandlockLevel() {
  const long level =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return level < 0 ? 0 : static_cast<int>(level);
}

Result<UniqueFd> MakeRuleset(const std::string& base,
                             const std::vector<std::string>& hidden_paths) {
  if (LandlockLevel() < kLeastLandlockLevel)
    return std::unexpected(Error{"Landlock is off or too old (level " +
                                     std::to_string(LandlockLevel()) + " of " +
                                     std::to_string(kLeastLandlockLevel) + ")",
                                 "Linux 6.12 or newer, with landlock among lsm="});
  const RulesetAttributes wanted{kAllOfFiles, kAllOfNetwork, 0};
  UniqueFd ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0)));
  if (!ruleset) return ErrnoError("landlock_create_ruleset");
  const Granting granting(ruleset.get(), hidden_paths);
  for (const auto& [path, access] : kOfMachine) TRY(granting.Grant(path, access));
  const auto allow = [&](const std::string& folder, uint64_t access) -> Status {
    const UniqueFd file(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!file) return ErrnoError("open " + folder);
    return Allow(ruleset.get(), file.get(), access, folder);
  };
  for (const std::string name : kOwnFolders) TRY(allow(base + "/" + name, kAllOfOwnFiles));
  TRY(allow(base + "/etc", kReading));
  return ruleset;
}

bool EnterRuleset(int ruleset) { return ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0; }

// Each domain forbids to move a file from one folder to another one if it does not say that it may
// be done: this one says so of all.
bool EnterScopes() {
  const RulesetAttributes wanted{LANDLOCK_ACCESS_FS_REFER, 0, kAllScopes};
  const UniqueFd ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0)));
  const UniqueFd root(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!ruleset || !root) return false;
  landlock_path_beneath_attr everywhere{};
  everywhere.allowed_access = LANDLOCK_ACCESS_FS_REFER;
  everywhere.parent_fd = root.get();
  return ::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &everywhere,
                   0) == 0 &&
         EnterRuleset(ruleset.get());
}

}  // namespace plumbline::sandbox

// SPDX-License-Identifier: MIT
#include "sandbox/cgroup_place.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <optional>
#include <ranges>
#include <sstream>
#include <string_view>
#include <vector>

#include "base/io.h"
#include "base/text.h"

namespace plumbline::sandbox {
namespace {

constexpr char kDelegation[] =
    "run as root, or in a delegated group: systemd-run --user --scope -p Delegate=yes plumbline "
    "...";
constexpr char kContainer[] =
    "in a container: it has to be given a control group that it may write (ci/container/README.md)";

bool HasWord(const std::string& text, std::string_view word) {
  std::istringstream words(text);
  for (std::string each; words >> each;) {
    if (each == word) return true;
  }
  return false;
}

// "4:memory:/user/one" -> "/user/one" for the controller "memory", "0::/path" for "".
std::optional<std::string> GroupOf(const std::string& membership, std::string_view controller) {
  for (const std::string_view line : Lines(membership)) {
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    if (controllers == controller) return std::string(line.substr(second + 1));
    for (const auto each : controllers | std::views::split(',')) {
      if (std::string_view(each.begin(), each.end()) == controller)
        return std::string(line.substr(second + 1));
    }
  }
  return std::nullopt;
}

bool MayMakeGroups(const std::string& folder) {
  return ::access((folder + "/cgroup.procs").c_str(), W_OK) == 0 &&
         ::access(folder.c_str(), W_OK) == 0;
}

std::optional<CgroupPlace> FindV1(const std::string& membership, const std::string& mount) {
  const auto memory = GroupOf(membership, "memory");
  const auto pids = GroupOf(membership, "pids");
  if (!memory || !pids) return std::nullopt;
  CgroupPlace place{mount + "/memory" + *memory, mount + "/pids" + *pids};
  // In a container the own group may be the mount's root, whatever its name outside.
  if (!MayMakeGroups(place.memory)) place.memory = mount + "/memory";
  if (!MayMakeGroups(place.pids)) place.pids = mount + "/pids";
  if (!MayMakeGroups(place.memory) || !MayMakeGroups(place.pids)) return std::nullopt;
  return place;
}

bool IsThere(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

bool IsReadOnly(const std::string& path) {
  struct statvfs at{};
  return ::statvfs(path.c_str(), &at) == 0 && (at.f_flag & ST_RDONLY) != 0;
}

// The folders of a group of version 2 and of those above, the nearest first.
std::vector<std::string> Upwards(std::string group, const std::string& mount) {
  std::vector<std::string> folders;
  while (group.starts_with('/') && group != "/") {
    folders.push_back(mount + group);
    group.erase(group.rfind('/'));
  }
  folders.push_back(mount);
  return folders;
}

// Which of both this file of a group does not list, "" if none.
std::string MissingIn(const std::string& file) {
  const std::string listed = ReadProc(file.c_str());
  const bool memory = HasWord(listed, "memory");
  const bool pids = HasWord(listed, "pids");
  if (memory && pids) return {};
  return memory ? "pids" : pids ? "memory" : "memory and pids";
}

// The nearest group above that hands both controllers down and is ours to divide. The own group
// holds this process, and so (no internal processes, cgroups(7)) can't hand any down itself.
std::optional<CgroupPlace> FindV2(const std::string& membership, const std::string& mount) {
  const auto group = GroupOf(membership, "");
  if (!group) return std::nullopt;
  for (const std::string& folder : Upwards(*group, mount)) {
    if (MissingIn(folder + "/cgroup.subtree_control").empty() && MayMakeGroups(folder))
      return CgroupPlace{folder, folder, true};
  }
  return std::nullopt;
}

// A group that is ours and hands nothing down. One that holds processes can't, but for the root of
// all, which alone has no type.
std::unexpected<Error> WhyNotHandedDown(const std::string& folder) {
  const std::string hand_down = "echo +memory +pids > " + folder + "/cgroup.subtree_control";
  const bool holds =
      IsThere(folder + "/cgroup.type") && !ReadProc((folder + "/cgroup.procs").c_str()).empty();
  if (!holds) return Fail(folder + " hands no limits down", hand_down);
  const std::string below = folder + "/own";
  return Fail(folder + " may be divided, but holds processes itself",
              "move them below: mkdir " + below + "; for p in $(cat " + folder +
                  "/cgroup.procs); do echo $p > " + below + "/cgroup.procs; done; " + hand_down);
}

std::unexpected<Error> WhyNoController(const std::string& folder, const std::string& mount) {
  const std::string missing = MissingIn(folder + "/cgroup.controllers");
  std::string message = folder + " may be divided, but has no control of " + missing;
  if (folder != mount)
    return Fail(std::move(message), "as root: echo +memory +pids > " +
                                        folder.substr(0, folder.rfind('/')) +
                                        "/cgroup.subtree_control");
  return Fail(
      std::move(message),
      "who made this container, or the kernel's command line (cgroup_disable=), withholds it");
}

std::unexpected<Error> WhyNotV2(const std::string& membership, const std::string& mount) {
  std::vector<std::string> ours = Upwards(GroupOf(membership, "").value_or("/"), mount);
  std::erase_if(ours, [](const std::string& folder) { return !MayMakeGroups(folder); });
  for (const std::string& folder : ours) {
    if (MissingIn(folder + "/cgroup.controllers").empty()) return WhyNotHandedDown(folder);
  }
  if (!ours.empty()) return WhyNoController(ours.back(), mount);
  return Fail("no cgroup in which this account may limit memory and processes", kDelegation);
}

}  // namespace

Result<CgroupPlace> FindCgroupPlace(const std::string& membership, const std::string& mount) {
  if (auto place = FindV2(membership, mount)) return *place;
  if (auto place = FindV2(membership, mount + "/unified")) return *place;
  if (auto place = FindV1(membership, mount)) return *place;
  const bool v2 = IsThere(mount + "/cgroup.controllers");
  // Of version 1 it is the hierarchies that count; the folder that holds them is often read-only.
  const std::string counts = v2 ? mount : mount + "/memory";
  if (IsReadOnly(counts)) return Fail(counts + " is mounted read-only", kContainer);
  if (v2) return WhyNotV2(membership, mount);
  if (IsThere(mount + "/memory") && IsThere(mount + "/pids"))
    return Fail("only root may limit memory and processes by version 1 of control groups",
                "run as root, or boot with version 2: systemd.unified_cgroup_hierarchy=1");
  return Fail("no control groups of memory and processes at " + mount,
              "mount them: mount -t cgroup2 none " + mount + "; " + kContainer);
}

}  // namespace plumbline::sandbox

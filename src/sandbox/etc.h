// SPDX-License-Identifier: MIT
// The /etc of a sandbox: a few files of its own, a few of the machine's, and nothing else.
#pragma once

#include <sys/types.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::sandbox {

struct EtcFile {
  const char* name;
  std::string content;
};
// Its own, where the programs are of this account and have this folder as their home.
std::vector<EtcFile> EtcFiles(uid_t user, gid_t group, const std::string& home);
// The machine's, where it has them.
std::span<const char* const> EtcOfMachine();

// Where what a program calls `path` is on rung C, where /etc is the machine's and the sandbox's own
// is below `base`: "/etc/hosts" is BASE "/etc/hosts". "": there is nothing to change.
std::string EtcBelow(const std::string& base, std::string_view path);

}  // namespace plumbline::sandbox

// SPDX-License-Identifier: MIT
#include "sandbox/etc.h"

#include <algorithm>

namespace plumbline::sandbox {
namespace {

constexpr const char* kOfMachine[] = {"ld.so.cache", "services", "protocols", "alternatives"};

}  // namespace

std::vector<EtcFile> EtcFiles(uid_t user, gid_t group, const std::string& home) {
  const std::string ids = std::to_string(user) + ":" + std::to_string(group);
  return {
      {"passwd",
       "root:x:0:0:root:/:/usr/sbin/nologin\n"
       "student:x:" +
           ids + ":student:" + home +
           ":/bin/bash\n"
           "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n"},
      {"group", "root:x:0:\nstudent:x:" + std::to_string(group) + ":\nnogroup:x:65534:\n"},
      {"hosts", "127.0.0.1 localhost lab\n::1 localhost\n"},
      {"hostname", "lab\n"},
      {"nsswitch.conf",
       "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n"},
      {"shells", "/bin/sh\n/bin/bash\n"},
  };
}

std::span<const char* const> EtcOfMachine() { return kOfMachine; }

std::string EtcBelow(const std::string& base, std::string_view path) {
  constexpr std::string_view kEtc = "/etc/";
  if (!path.starts_with(kEtc)) return {};
  std::string_view name = path.substr(kEtc.size());
  name = name.substr(0, name.find('/'));
  // A link to /proc everywhere.
  if (name == "mtab") return {};
  if (std::ranges::find(kOfMachine, name) != std::end(kOfMachine)) return {};
  return base + std::string(path);
}

}  // namespace plumbline::sandbox

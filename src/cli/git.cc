// SPDX-License-Identifier: MIT
#include "cli/git.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <system_error>

#include "base/io.h"
#include "base/text.h"
#include "cli/console.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

// Of GIT_*, which may name the repository of a hook that started us, these are about how to reach
// others.
constexpr std::array<std::string_view, 8> kAboutReaching{
    "GIT_SSH=",        "GIT_SSH_COMMAND=",   "GIT_SSH_VARIANT=", "GIT_SSL_CAINFO=",
    "GIT_SSL_CAPATH=", "GIT_PROXY_COMMAND=", "GIT_SSL_CERT=",    "GIT_SSL_KEY="};
constexpr std::string_view kGlobal = "GIT_CONFIG_GLOBAL=";

bool IsKept(std::string_view variable, bool own_settings) {
  const auto begins = [&](std::string_view name) { return variable.starts_with(name); };
  if (begins(kGlobal)) return own_settings;
  if (begins("GIT_")) return std::ranges::any_of(kAboutReaching, begins);
  return !begins("LC_ALL=") && !begins("LANGUAGE=") && !begins("SSH_ASKPASS");
}

Words With(const fs::path& repository, std::initializer_list<std::string> more) {
  Words words{"--git-dir=" + repository.string()};
  words.insert(words.end(), more);
  return words;
}

}  // namespace

std::optional<fs::path> FindGit() {
  std::istringstream path(FromEnvironment("PATH"));
  for (std::string folder; std::getline(path, folder, ':');) {
    const fs::path program = fs::path(folder) / "git";
    std::error_code error;
    if (program.is_absolute() && fs::is_regular_file(program, error) &&
        ::access(program.c_str(), X_OK) == 0)
      return program;
  }
  return std::nullopt;
}

Words GitEnvironment(bool own_settings) {
  Words all;
  for (const char* const* one = ::environ; *one != nullptr; ++one) {
    if (IsKept(*one, own_settings)) all.emplace_back(*one);
  }
  if (!own_settings) all.push_back(std::string(kGlobal) + "/dev/null");
  all.insert(all.end(), {"LC_ALL=C.UTF-8", "GIT_CONFIG_NOSYSTEM=1", "GIT_ATTR_NOSYSTEM=1",
                         "GIT_NO_REPLACE_OBJECTS=1", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0",
                         "SSH_ASKPASS_REQUIRE=never",
                         // Not ext, which is a command, nor what else a helper may be named for.
                         "GIT_ALLOW_PROTOCOL=file:git:http:https:ssh"});
  return all;
}

Words GitInit(const fs::path& repository, const gradebook::Repository& from) {
  const bool sha256 = from.revision.size() == 64 && !from.revision.starts_with("refs/");
  return {"init",
          "--quiet",
          "--bare",
          "--template=",
          std::string("--object-format=") + (sha256 ? "sha256" : "sha1"),
          "--",
          repository.string()};
}

Words GitFetch(const fs::path& repository, const gradebook::Repository& from) {
  return With(repository, {"-c",
                           "core.hooksPath=/dev/null",  //
                           "-c",
                           "core.askPass=",  //
                           "-c",
                           "protocol.ext.allow=never",  //
                           "-c",
                           "gc.auto=0",  //
                           "-c",
                           "maintenance.auto=false",  //
                           "-c",
                           "core.bigFileThreshold=16m",  //
                           "-c",
                           "transfer.unpackLimit=1",  //
                           "-c",
                           "fetch.writeCommitGraph=false",  //
                           "-c",
                           "pack.threads=1",  //
                           "fetch",
                           "--quiet",
                           "--depth=1",
                           "--no-tags",
                           "--no-recurse-submodules",
                           "--",
                           from.address,
                           from.revision});
}

Words GitResolve(const fs::path& repository) {
  return With(repository, {"rev-parse", "--quiet", "--verify", "FETCH_HEAD^{commit}"});
}

Words GitExport(const fs::path& repository, const std::string& commit, const fs::path& tar) {
  return With(repository, {"-c", "tar.umask=0022", "-c", "core.hooksPath=/dev/null", "archive",
                           "--format=tar", "--output=" + tar.string(), commit});
}

Status WriteAttributes(const fs::path& repository) {
  std::error_code error;
  fs::create_directories(repository / "info", error);
  if (error) return ErrnoError((repository / "info").string(), error.value());
  return WriteFileAtomically(repository / "info/attributes",
                             "* -text -crlf -ident -filter !eol !working-tree-encoding "
                             "-export-ignore -export-subst\n");
}

std::string FailureIn(std::string_view said) {
  std::string last;
  for (const std::string_view line : Lines(said)) {
    for (const std::string_view mark : {"fatal: ", "error: ", "ERROR: "}) {
      if (line.starts_with(mark)) return Escaped(line.substr(mark.size()));
    }
    if (!line.empty()) last = line;
  }
  return Escaped(last);
}

std::string WithoutPassword(const std::string& address) {
  const size_t scheme = address.find("://");
  if (scheme == std::string::npos) return address;
  const size_t begin = scheme + 3;
  const size_t end = std::min(address.find('/', begin), address.size());
  const size_t at = address.rfind('@', end);
  if (at == std::string::npos || at < begin) return address;
  // The name of an account on a machine (ssh) is no secret, a token instead of one is.
  const bool secret =
      address.starts_with("http") || address.substr(begin, at - begin).contains(':');
  return !secret ? address : address.substr(0, begin) + address.substr(at + 1);
}

}  // namespace plumbline::cli

// SPDX-License-Identifier: MIT
// How git is asked for a stranger's repository so that nothing of it is run or decides anything:
// its objects are fetched into a bare repository of ours, and one commit's files come out as a tar.
// Nothing is ever checked out, so there are no hooks, no filters (LFS), no submodules; and what
// .gitattributes says of line ends, substitutions and exports is not done.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "gradebook/repository_list.h"

namespace plumbline::cli {

// In PATH.
std::optional<std::filesystem::path> FindGit();

// The environment of fetching, in which the user's own settings say how to log in, and no question
// is ever asked; and the one of the rest, without any settings.
std::vector<std::string> GitEnvironment(bool own_settings);

// Arguments. `repository`: ours.
std::vector<std::string> GitInit(const std::filesystem::path& repository,
                                 const gradebook::Repository& from);
std::vector<std::string> GitFetch(const std::filesystem::path& repository,
                                  const gradebook::Repository& from);
// Prints the commit that was fetched.
std::vector<std::string> GitResolve(const std::filesystem::path& repository);
std::vector<std::string> GitExport(const std::filesystem::path& repository,
                                   const std::string& commit, const std::filesystem::path& tar);
// What stands in the repository goes before all that its files say (gitattributes(5)).
Status WriteAttributes(const std::filesystem::path& repository);

// What is said of a failure in what git wrote to standard error; "" if it is nothing.
std::string FailureIn(std::string_view said);
// An address without the name and the password that may be in it.
std::string WithoutPassword(const std::string& address);

}  // namespace plumbline::cli

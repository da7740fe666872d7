// SPDX-License-Identifier: MIT
// Files inside, as init makes, changes and reads them. No link is followed anywhere on a path
// (openat2(2)): whatever a program leaves, init never reaches further than the path says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "sandbox/sandbox.h"

namespace plumbline::sandbox {

// What its owner has closed to itself, a folder or a file, is open for reading as long as this
// lives. On rung C init is but the owner, elsewhere it needs no such thing. Anything else is left
// alone, and no error is told: whoever opens it then gets it.
class OpenedToOwner {
 public:
  OpenedToOwner(int parent, const std::string& name);
  OpenedToOwner(const OpenedToOwner&) = delete;
  OpenedToOwner& operator=(const OpenedToOwner&) = delete;
  OpenedToOwner(OpenedToOwner&&) = default;
  OpenedToOwner& operator=(OpenedToOwner&&) = delete;
  ~OpenedToOwner();

 private:
  UniqueFd node_;  // if it had to be opened
  mode_t mode_ = 0;
};

// Opens a directory or a file; errors name the path. `writable_program` stands for /program
// (mounts.h).
class Files {
 public:
  // `root`: the directory that paths begin at; `base`: its name, if that is not "/".
  explicit Files(UniqueFd writable_program, UniqueFd root = OpenRoot(), std::string base = {});

  Status Make(const FileToMake& file);
  Status Change(const std::string& path, Sandbox::Change change, std::string_view content);
  // An O_PATH descriptor of the directory that holds `path`, and the last component.
  struct Place {
    UniqueFd directory;
    std::string name;
    std::string path;  // as asked for
    std::string real;  // and by its whole name on this machine
  };
  Result<Place> Locate(const std::string& path, bool make_parents);
  // For reading.
  Result<UniqueFd> OpenDirectory(const std::string& path);
  // Keeps the folders of `path` open to their owner, on rung C.
  std::vector<OpenedToOwner> OpenWay(const std::string& path) const;
  bool is_owner() const { return !base_.empty(); }

 private:
  static UniqueFd OpenRoot();

  UniqueFd root_;
  std::string base_;
  UniqueFd program_;
};

// `as_owner`: looks into what its owner has closed to itself too.
Result<Tree> ReadTreeAt(UniqueFd directory, bool with_content, Bytes most_content, int most_entries,
                        bool as_owner = false);
std::vector<IpcObject> ListIpcObjects();

}  // namespace plumbline::sandbox

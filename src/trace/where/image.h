// SPDX-License-Identifier: MIT
// A program as it lies in memory: which of its files is where. Made at its first call that is told,
// shared by its children until they execute another.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/pid.h"
#include "trace/where/bash.h"
#include "trace/where/known_file.h"
#include "trace/where/maps.h"
#include "trace/where/module.h"
#include "trace/where/python.h"
#include "trace/where/unwind.h"

namespace plumbline::trace::where {

// The files of code of a run, each opened once.
class Library {
 public:
  // What is remembered of earlier runs; `known` outlives it.
  void Remember(KnownFiles& known) { known_ = &known; }
  // The file that the task knows by this path, the program itself (`executable`) even if it was
  // unlinked; nullptr if it cannot be read.
  Module* Load(HostPid task, const std::string& path, bool executable);

 private:
  using Key = std::tuple<uint64_t, uint64_t, int64_t, int64_t>;  // device, inode, size, change
  KnownFiles* known_ = nullptr;
  KnownFiles own_;
  std::map<Key, std::unique_ptr<Module>> modules_;
};

// What handlers are watched by, in memory.
struct Watch {
  std::map<uint64_t, uint32_t> unsafe;  // by address: index in UnsafeFunctions()
  uint64_t errno_location = 0;
};

class Image {
 public:
  // `executable`: its path inside the sandbox.
  explicit Image(std::string executable);

  // Which file's code is at an address of a task that runs this program.
  std::optional<Spot> SpotAt(HostPid task, Library& library, uint64_t address);
  enum class Kind {
    kSystem,  // one of the machine's own: no line of it is the student's
    kNative,
    kPython,
    kBash,
  };
  Kind kind() const { return kind_; }

  // Where an exported symbol of the program lies in memory; 0: there is none.
  uint64_t SymbolAt(HostPid task, Library& library, const char* name);
  // The interpreter's memory, looked at for the first time; of kPython.
  Python& python(HostPid task, Library& library);
  const BashSymbols& bash(HostPid task, Library& library);
  // In the C and the C++ library; in the program itself if that has them in it. Of kNative.
  const Watch& watch(HostPid task, Library& library);

 private:
  struct Part {
    Mapping mapping;
    Module* module = nullptr;
    bool tried = false;
  };
  Part* Find(uint64_t address);
  void ReadParts(HostPid task);
  // Of those parts whose path is `meant`, each file once.
  void AddWatched(HostPid task, Library& library,
                  const std::function<bool(std::string_view)>& meant);

  std::string executable_;
  Kind kind_;
  std::optional<Python> python_;
  std::optional<BashSymbols> bash_;
  std::optional<Watch> watch_;
  std::vector<Part> parts_;
  int readings_ = 0;
};

}  // namespace plumbline::trace::where

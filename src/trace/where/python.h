// SPDX-License-Identifier: MIT
// The line that a Python program is at, from the interpreter's own frames: CPython 3.11's, as its
// headers lay them out (pycore_runtime.h, pycore_interp.h, pycore_frame.h). Another version is not
// understood, and its programs are told without lines.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "base/pid.h"
#include "record/event.h"

namespace plumbline::trace::where {

struct CodeObject;

// Where things are in an interpreter's memory.
struct PythonSymbols {
  uint64_t runtime = 0;  // _PyRuntime
  uint64_t version = 0;  // Py_Version
};

class Python {
 public:
  explicit Python(const PythonSymbols& symbols) : symbols_(symbols) {}

  // A thread of the interpreter.
  struct Thread {
    Pid tid;
    uint64_t self = 0;  // pthread_self(3); 0: not known, then its number counts
  };
  // The innermost frame of a thread whose source is the student's.
  std::optional<record::Location> At(HostPid task, const Thread& thread);
  // What it does is for the library's own sake: to remember what is to be removed in the end
  // (Lib/multiprocessing/resource_tracker.py). No script asked for it.
  bool KeepsTrack(HostPid task, const Thread& thread);

 private:
  struct Code {
    std::string file;
    std::string function;
    int first_line = 0;
    std::string lines;  // co_linetable
    bool of_student = false;
    bool keeps_track = false;
  };
  // A code object by its address and what it points to: another one may come to lie there.
  using Key = std::tuple<uint64_t, uint64_t, uint64_t, uint64_t, int>;

  bool IsUnderstood(HostPid task);
  uint64_t InterpreterIn(HostPid task);
  uint64_t FrameOf(HostPid task, const Thread& thread);
  const Code& CodeOf(HostPid task, uint64_t address, const CodeObject& object);
  // The innermost frame whose code it is; `offset` into that. nullptr: none, or it is not known.
  template <typename Is>
  const Code* Innermost(HostPid task, const Thread& thread, int64_t& offset, Is is);

  PythonSymbols symbols_;
  std::optional<bool> understood_;
  uint64_t interpreter_ = 0;  // the main one's address; 0 while it is not known
  std::map<Key, Code> codes_;
};

// The line of the instruction at this byte of a code object (Objects/locations.md of CPython);
// nothing if it has none.
std::optional<int> PythonLine(const std::string& table, int first_line, int64_t offset);

}  // namespace plumbline::trace::where

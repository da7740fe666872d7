// SPDX-License-Identifier: MIT
#include "trace/where/python.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "trace/ptrace.h"
#include "trace/where/lines.h"

namespace plumbline::trace::where {
namespace {

// Offsets of CPython 3.11 on x86-64.
constexpr uint64_t kMainInterpreter = 48;  // _PyRuntimeState.interpreters.main
constexpr uint64_t kThreads = 16;          // PyInterpreterState.threads.head
constexpr uint64_t kBytecode = 184;        // PyCodeObject.co_code_adaptive
constexpr int kCodeUnit = 2;               // bytes of an instruction

constexpr int kMostThreads = 512;
constexpr size_t kMostFrames = 64;
constexpr size_t kCodesAtOnce = 8;  // the student's own is rarely further out
constexpr uint64_t kMostText = 4096;
constexpr uint64_t kMostTable = 1 << 20;

// PyThreadState, as far as it is used.
struct ThreadState {
  uint64_t previous;
  uint64_t next;
  std::array<uint64_t, 5> unused;
  uint64_t cframe;  // at 56
  std::array<uint64_t, 11> unused_too;
  uint64_t self;  // at 152: pthread_self(3)
  uint64_t tid;   // not renewed by fork(2)
};
static_assert(offsetof(ThreadState, cframe) == 56 && offsetof(ThreadState, self) == 152);

bool IsOf(const ThreadState& state, const Python::Thread& thread) {
  if (thread.self != 0) return state.self == thread.self;
  const bool only_one = state.previous == 0 && state.next == 0;
  return only_one || state.tid == static_cast<uint64_t>(thread.tid.value);
}

// _PyInterpreterFrame.
struct Frame {
  std::array<uint64_t, 4> unused;
  uint64_t code;  // at 32
  uint64_t locals;
  uint64_t previous;     // at 48
  uint64_t instruction;  // at 56: the one that runs
};
static_assert(offsetof(Frame, previous) == 48 && offsetof(Frame, instruction) == 56);

}  // namespace

// PyCodeObject.
struct CodeObject {
  std::array<uint64_t, 9> unused;
  int32_t first_line;  // at 72
  int32_t unused_too;
  std::array<uint64_t, 4> names;
  uint64_t file;  // at 112
  uint64_t name;
  uint64_t qualified_name;
  uint64_t lines;  // at 136
};
static_assert(offsetof(CodeObject, first_line) == 72 && offsetof(CodeObject, file) == 112 &&
              offsetof(CodeObject, lines) == 136);

namespace {

// The head of a str (unicodeobject.h).
struct Text {
  uint64_t references;
  uint64_t type;
  uint64_t length;
  uint64_t hash;
  uint32_t state;  // interned:2, kind:3, compact:1, ascii:1
};
constexpr uint64_t kAsciiText = 48;
constexpr uint64_t kOtherText = 72;

// The head of a bytes object.
struct Bytes {
  uint64_t references;
  uint64_t type;
  int64_t size;
  uint64_t hash;
};

void AppendUtf8(std::string& text, uint32_t letter) {
  const auto byte = [&](uint32_t bits) { text += static_cast<char>(bits); };
  if (letter < 0x80) return byte(letter);
  if (letter < 0x800) {
    byte(0xc0 | letter >> 6);
  } else {
    if (letter < 0x10000) {
      byte(0xe0 | letter >> 12);
    } else {
      byte(0xf0 | letter >> 18);
      byte(0x80 | (letter >> 12 & 0x3f));
    }
    byte(0x80 | (letter >> 6 & 0x3f));
  }
  byte(0x80 | (letter & 0x3f));
}

// A str that is compact, as all are that are made of source.
std::string ReadText(HostPid task, uint64_t address) {
  const auto head = ReadValue<Text>(task, address);
  if (!head || head->length > kMostText) return {};
  const bool compact = (head->state >> 5 & 1) != 0;
  const bool ascii = (head->state >> 6 & 1) != 0;
  const uint32_t width = head->state >> 2 & 7;
  if (!compact) return {};
  if (ascii) return ReadMemory(task, address + kAsciiText, head->length);
  if (width != 1 && width != 2 && width != 4) return {};
  const std::string raw = ReadMemory(task, address + kOtherText, head->length * width);
  std::string text;
  for (size_t at = 0; at + width <= raw.size(); at += width) {
    uint32_t letter = 0;
    std::memcpy(&letter, raw.data() + at, width);
    AppendUtf8(text, letter);
  }
  return text;
}

std::string ReadBytes(HostPid task, uint64_t address) {
  const auto head = ReadValue<Bytes>(task, address);
  if (!head || head->size < 0 || static_cast<uint64_t>(head->size) > kMostTable) return {};
  return ReadMemory(task, address + sizeof(Bytes), static_cast<uint64_t>(head->size));
}

}  // namespace

// --- Frames.

bool Python::IsUnderstood(HostPid task) {
  constexpr uint64_t kVersion = 0x030b;
  if (!understood_) {
    const auto version = ReadValue<uint64_t>(task, symbols_.version);
    if (version) understood_ = *version >> 16 == kVersion;
  }
  return understood_.value_or(false);
}

namespace {

uint64_t Follow(HostPid task, uint64_t address) {
  return address == 0 ? 0 : ReadValue<uint64_t>(task, address).value_or(0);
}

// The frames of a thread lie on a stack of the interpreter's, a caller's mostly below its callee's
// and in the same page: what is there below one is read with it.
class FrameStack {
 public:
  explicit FrameStack(HostPid task) : task_(task) {}

  std::optional<Frame> At(uint64_t address) {
    if (address < begin_ || address + sizeof(Frame) > begin_ + bytes_.size()) {
      constexpr uint64_t kPage = 4096;
      begin_ = address & ~(kPage - 1);
      bytes_ = ReadMemory(task_, begin_, address + sizeof(Frame) - begin_);
      if (address + sizeof(Frame) > begin_ + bytes_.size()) return std::nullopt;
    }
    Frame frame;
    std::memcpy(&frame, bytes_.data() + (address - begin_), sizeof frame);
    return frame;
  }

 private:
  HostPid task_;
  uint64_t begin_ = 0;
  std::string bytes_;
};

// From the innermost one on.
std::vector<Frame> FramesFrom(HostPid task, uint64_t address) {
  FrameStack stack(task);
  std::vector<Frame> frames;
  while (address != 0 && frames.size() < kMostFrames) {
    const auto frame = stack.At(address);
    if (!frame || frame->code == 0) break;
    frames.push_back(*frame);
    address = frame->previous;
  }
  return frames;
}

}  // namespace

// It is made once, and those who are forked have it at the same place.
uint64_t Python::InterpreterIn(HostPid task) {
  if (interpreter_ == 0) interpreter_ = Follow(task, symbols_.runtime + kMainInterpreter);
  return interpreter_;
}

// The address of the frame that a thread runs, 0 if it runs none.
uint64_t Python::FrameOf(HostPid task, const Thread& thread) {
  const uint64_t interpreter = InterpreterIn(task);
  uint64_t state = interpreter == 0 ? 0 : Follow(task, interpreter + kThreads);
  for (int count = 0; state != 0 && count < kMostThreads; ++count) {
    const auto found = ReadValue<ThreadState>(task, state);
    if (!found) return 0;
    constexpr uint64_t kCurrentFrame = 8;  // _PyCFrame.current_frame
    const bool meant = found->cframe != 0 && IsOf(*found, thread);
    // The state of a thread that is about to be made has its maker's number, and no frame.
    const uint64_t frame = meant ? Follow(task, found->cframe + kCurrentFrame) : 0;
    if (frame != 0) return frame;
    state = found->next;
  }
  return 0;
}

namespace {

bool IsOfTracker(std::string_view path) {
  return path.starts_with("/usr/lib/python3") &&
         path.ends_with("/multiprocessing/resource_tracker.py");
}

}  // namespace

const Python::Code& Python::CodeOf(HostPid task, uint64_t address, const CodeObject& object) {
  constexpr size_t kMostCodes = 4096;
  if (codes_.size() > kMostCodes) codes_.clear();
  const Key key{address, object.file, object.name, object.lines, object.first_line};
  const auto [entry, fresh] = codes_.try_emplace(key);
  Code& code = entry->second;
  if (!fresh) return code;
  const std::string path = ReadText(task, object.file);
  code.keeps_track = IsOfTracker(path);
  // "<string>", "<frozen importlib._bootstrap>": in no file.
  const auto name = path.starts_with('<') ? std::nullopt : SourceName(path, "/lab");
  code.of_student = name.has_value();
  if (!code.of_student) return code;
  code.file = *name;
  code.function = ReadText(task, object.name);
  if (code.function.starts_with('<')) code.function.clear();  // "<module>", "<lambda>"
  code.first_line = object.first_line;
  code.lines = ReadBytes(task, object.lines);
  return code;
}

template <typename Is>
const Python::Code* Python::Innermost(HostPid task, const Thread& thread, int64_t& offset, Is is) {
  if (!IsUnderstood(task)) return nullptr;
  const std::vector<Frame> frames = FramesFrom(task, FrameOf(task, thread));
  std::vector<uint64_t> codes;
  for (const Frame& frame : frames) codes.push_back(frame.code);
  for (size_t first = 0; first < codes.size(); first += kCodesAtOnce) {
    const auto some = std::span(codes).subspan(first, std::min(kCodesAtOnce, codes.size() - first));
    const auto objects = ReadValues<CodeObject>(task, some);
    for (size_t i = 0; i < objects.size(); ++i) {
      const Code& code = CodeOf(task, some[i], objects[i]);
      offset = static_cast<int64_t>(frames[first + i].instruction - (some[i] + kBytecode));
      if (is(code)) return &code;
    }
    if (objects.size() < some.size()) break;
  }
  return nullptr;
}

std::optional<record::Location> Python::At(HostPid task, const Thread& thread) {
  int64_t offset = 0;
  const Code* const code =
      Innermost(task, thread, offset, [](const Code& one) { return one.of_student; });
  const auto line =
      code == nullptr ? std::nullopt : PythonLine(code->lines, code->first_line, offset);
  if (!line) return std::nullopt;
  return record::Location{code->file, *line, code->function};
}

bool Python::KeepsTrack(HostPid task, const Thread& thread) {
  int64_t offset = 0;
  const Code* const code = Innermost(
      task, thread, offset, [](const Code& one) { return one.of_student || one.keeps_track; });
  return code != nullptr && code->keeps_track;
}

// --- Lines.

namespace {

// Entries of a table of locations: numbers in pieces of six bits.
class Table {
 public:
  explicit Table(const std::string& bytes) : bytes_(bytes) {}

  bool empty() const { return at_ >= bytes_.size(); }
  unsigned Byte() { return empty() ? 0U : static_cast<unsigned char>(bytes_[at_++]); }
  unsigned Unsigned() {
    unsigned value = 0;
    for (unsigned shift = 0; shift < 30; shift += 6) {
      const unsigned byte = Byte();
      value |= (byte & 0x3f) << shift;
      if ((byte & 0x40) == 0) break;
    }
    return value;
  }
  int Signed() {
    const unsigned value = Unsigned();
    const int size = static_cast<int>(value >> 1);
    return (value & 1) != 0 ? -size : size;
  }
  // Up to the next entry, whose first byte alone has the highest bit.
  void Finish() {
    while (!empty() && (static_cast<unsigned char>(bytes_[at_]) & 0x80) == 0) ++at_;
  }

 private:
  const std::string& bytes_;
  size_t at_ = 0;
};

constexpr unsigned kNone = 15;
constexpr unsigned kLong = 14;
constexpr unsigned kNoColumns = 13;
constexpr unsigned kOneLine0 = 10;

}  // namespace

std::optional<int> PythonLine(const std::string& table, int first_line, int64_t offset) {
  Table entries(table);
  int line = first_line;
  int64_t end = 0;
  while (!entries.empty()) {
    const unsigned head = entries.Byte();
    const unsigned kind = head >> 3 & 15;
    end += static_cast<int64_t>((head & 7) + 1) * kCodeUnit;
    if (kind == kLong || kind == kNoColumns)
      line += entries.Signed();
    else if (kind >= kOneLine0 && kind < kNoColumns)
      line += static_cast<int>(kind - kOneLine0);
    entries.Finish();
    if (offset < end) return kind == kNone || offset < 0 ? std::nullopt : std::optional(line);
  }
  return std::nullopt;
}

}  // namespace plumbline::trace::where

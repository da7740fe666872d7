// SPDX-License-Identifier: MIT
// One run as a check looks at it: the recording, and who is who in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/finding.h"
#include "record/recording.h"
#include "spec/exercise.h"
#include "spec/values.h"

namespace plumbline::evaluate {

class Scene : public spec::PlaceholderSource {
 public:
  // Both outlive the scene. `all_runs` are the recordings of all the check's scenarios (one run
  // each), for claims that span them (output.distinct).
  Scene(const spec::Exercise& exercise, const record::Recording& recording,
        std::vector<const record::Recording*> all_runs = {});

  const spec::Exercise& exercise() const { return exercise_; }
  const record::Recording& recording() const { return recording_; }
  const std::vector<const record::Recording*>& all_runs() const { return all_runs_; }

  // The processes that `who` means, by birth, each once. With `at`: as things stood then (programs
  // that ran then, children alive or zombie then); without: over the whole run.
  std::vector<record::ProcessIndex> Resolve(const spec::Who& who,
                                            const record::Snapshot* at = nullptr) const;
  std::vector<record::ProcessIndex> Resolve(const spec::WhoList& who,
                                            const record::Snapshot* at = nullptr) const;
  // The first entry of the list that matches nobody.
  const spec::Who* FirstUnmatched(const spec::WhoList& who,
                                  const record::Snapshot* at = nullptr) const;

  // "cat (process 3)", "your program (process 2)", "child 1 of your program (process 4)": words for
  // an argument of a message, translated with it. With `at`: by what it ran then; without: ran
  // last.
  Message NameOf(record::ProcessIndex process, const record::Snapshot* at = nullptr) const;
  // The same without the process number: "cat", "your program".
  Message ShortNameOf(record::ProcessIndex process, const record::Snapshot* at = nullptr) const;
  // How a run names an object: "the pipe from cat to sort", "carta.txt", "connection a". A pipe has
  // one name in all of the run, whoever holds its ends at `at`.
  Message NameOfObject(int object, const record::Snapshot& at) const;
  // "the FIFO f", by its path inside the sandbox.
  Message NameOfFifo(const std::string& path) const;
  // Where a socket listens: "127.0.0.1:7", "/lab/S". A port that the kernel chose is not told,
  // since it is another one each time.
  Message ListeningAddress(int object, const record::SocketState& socket) const;
  // The file name of what the process ran at `at` (nothing: last).
  std::string ProgramOf(record::ProcessIndex process, const record::Snapshot* at = nullptr) const;
  // "/lab/words" for "words", in the run's working directory; placeholders get their values.
  std::string AbsolutePath(const std::string& path) const;

  const record::ProcessStateAt* StateAt(record::ProcessIndex process,
                                        const record::Snapshot& at) const;

  // A stream's bytes, as far as they had come at `at` (nothing: at the end). `name` as in the
  // exercise: "submission.stdout", "c.received" (one of a group: see Streams), "terminal".
  std::string_view StreamAt(const std::string& name, const record::Snapshot* at = nullptr) const;
  // Whether there was such a stream, if only without a byte: its program was started, its
  // connection made.
  bool HasStream(const std::string& name) const;
  // "c.received" of a group of connections -> c1.received ...; any other name -> itself.
  std::vector<std::string> StreamsNamed(const std::string& name) const;

  // {WHO.pid} {WHO.ppid} {CONN.client} {CONN.server} (also .ip .port) {PEER.port} {cwd} and
  // whatever the run wrote down. A who that means several: the first of them.
  std::optional<std::string> ValueOf(const std::string& placeholder) const override;

 private:
  // A program that a process began to run, by exec or by being born of one that ran it.
  struct Running {
    int event = 0;
    std::string path;
  };

  std::vector<record::ProcessIndex> Base(const spec::Who& who, const record::Snapshot* at) const;
  std::vector<record::ProcessIndex> StartedAs(const std::string& name) const;
  std::vector<record::ProcessIndex> Students() const;
  std::vector<record::ProcessIndex> Numbered(std::vector<record::ProcessIndex> all,
                                             int number) const;
  std::vector<record::ProcessIndex> Follow(std::vector<record::ProcessIndex> from,
                                           const spec::Who::Segment& segment) const;
  std::vector<record::ProcessIndex> ChildrenOf(record::ProcessIndex parent) const;
  bool RanUntil(record::ProcessIndex process, const std::string& program,
                const record::Snapshot* until) const;
  bool RunsAt(const record::ProcessStateAt& state, const std::string& program,
              const record::Snapshot& at) const;
  std::vector<record::ProcessIndex> HoldersOf(const std::vector<int>& objects,
                                              const record::Snapshot* at) const;
  std::vector<int> ObjectsListening(const spec::Who& who, const record::Snapshot* at) const;
  std::vector<int> ObjectsNamed(const std::string& path) const;
  std::vector<record::ProcessIndex> GroupOf(const spec::Who& who, const record::Snapshot* at) const;
  std::string InWorkingDirectory(const std::string& path) const;
  std::string FromWorkingDirectory(const std::string& path) const;
  std::optional<std::string> OfConnection(const std::string& name, std::string_view side) const;
  Message PlainNameOf(record::ProcessIndex process, const record::Snapshot* at,
                      bool with_pid) const;
  Message NameOfConnected(int object, const record::SocketState& state) const;
  enum class Ends { kStandard, kAny };
  std::optional<Message> PipeBetween(int object, const record::Snapshot& at, Ends ends) const;
  std::optional<Message> NameOfPipe(int object) const;
  const std::string* PathRunAt(record::ProcessIndex process, const record::Snapshot* at) const;

  const spec::Exercise& exercise_;
  const record::Recording& recording_;
  std::vector<const record::Recording*> all_runs_;
  std::vector<std::vector<Running>> programs_;  // by process, in order
};

}  // namespace plumbline::evaluate

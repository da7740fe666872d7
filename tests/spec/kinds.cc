// SPDX-License-Identifier: MIT
#include "kinds.h"

namespace plumbline::spec {
namespace {

using P = ParamType;

// --- Parameters that many kinds share

ParamSpec At() { return {"at", P::kSnapshot, "The snapshot that is looked at.", false, "end"}; }
ParamSpec Between() {
  return {"between", P::kSnapshotPair, "The two snapshots that are compared.", true};
}
ParamSpec WhoOf(const char* doc, const char* standard = "submission") {
  return {"who", P::kWho, doc, false, standard};
}
ParamSpec By(const char* doc, const char* standard = "all") {
  return {"by", P::kWho, doc, false, standard};
}
ParamSpec Count(const char* doc) { return {"count", P::kRange, doc, false, "1.."}; }

std::vector<ParamSpec> With(std::vector<ParamSpec> params, const std::vector<ParamSpec>& more) {
  params.insert(params.end(), more.begin(), more.end());
  return params;
}

FindingSpec Nobody() { return {"nobody", "An entry of `who` matches no process."}; }

// What a text can be asked; all claims that are given must hold.
std::vector<ParamSpec> Claims() {
  return {{"equals", P::kText, "The whole text."},
          {"lines", P::kTextLines, "Its lines, all of them."},
          {"unordered", P::kBool, "With `lines`: in any order.", false, "false"},
          {"in_order", P::kTextLines, "These lines in this order, others between them."},
          {"matches", P::kRegex, "A regular expression for the whole text."},
          {"contains", P::kText, "It has this somewhere."},
          {"lacks", P::kText, "It has this nowhere."},
          {"starts_with", P::kText, "It begins so."},
          {"empty", P::kBool, "`true`: nothing; `false`: something."}};
}

std::vector<std::string> ClaimNames() {
  return {"equals", "lines", "in_order", "matches", "contains", "lacks", "starts_with", "empty"};
}

// --- The kinds, by topic

std::vector<KindTable> ProcessKinds() {
  return {{"processes.state",
           "So many of the processes are in such a state at a snapshot.",
           {At(),
            WhoOf("Who is looked at."),
            Count("How many of them."),
            {"is",
             P::kChoices,
             "The state, or one of several.",
             false,
             "alive",
             {{"alive", "Born and not yet ended."},
              {"asleep", "Blocked in a system call."},
              {"stopped", "Stopped by a signal."},
              {"zombie", "Ended, and nobody waited for it yet."}}}},
           {{"too-few", "Fewer are in that state."},
            {"too-many", "More are in that state."},
            Nobody()}},
          {"processes.tree",
           "The process and its descendants have this shape; labels and order are free.",
           {At(), {"tree", P::kTree, "The shape: `{submission: {A: {C: {}}, B: {}}}`.", true}},
           {{"wrong-tree", "The family has another shape."}, Nobody()}},
          {"processes.made",
           "So many processes were born, not threads.",
           {By("Who made them."), Count("How many.")},
           {{"too-few", "Fewer were born."},
            {"too-many", "More were born."},
            {"threads", "Threads were made instead of processes."},
            Nobody()}},
          {"processes.exec",
           "So many executions are like this.",
           {WhoOf("Who executes; a program's name: who runs it afterwards."),
            {"path", P::kPath, "The file that is executed."},
            {"argv", P::kArgv, "The whole argument list; `~` is anything."},
            {"env", P::kStringMap, "The whole environment."},
            {"env_has", P::kStringMap, "Variables with these values."},
            {"env_lacks", P::kStringList, "Variables that are not there."},
            Count("How many executions.")},
           {{"not-run", "It was not executed."},
            {"wrong-argv", "It was, with other arguments."},
            {"wrong-env", "It was, with another environment."},
            {"forbidden", "It was executed, and must not be."},
            Nobody()}},
          {"processes.exit",
           "Each ended in this way.",
           {WhoOf("Whose end."),
            {"status", P::kRange, "The exit status.", false, "0"},
            {"killed_by", P::kSignal, "The signal that killed it."}},
           {{"wrong-status", "It exited with another status."},
            {"killed", "A signal killed it."},
            {"hung", "It never ended."},
            Nobody()},
           {},
           {{"status", "killed_by"}}},
          {"processes.reaped",
           "It waited for each of its children.",
           {By("The parent.", "submission")},
           {{"zombie", "A child ended and was never waited for."},
            {"orphan", "It ended before a child did."},
            Nobody()}},
          {"processes.session",
           "Its process group, session and terminal are so.",
           {At(),
            WhoOf("Who is looked at."),
            {"is",
             P::kChoices,
             "What holds, or one of several.",
             true,
             {},
             {{"own-group", "It leads a process group."},
              {"own-session", "It is in a session of its own."},
              {"detached", "So, and it has no terminal either."}}}},
           {{"not-detached", "It still belongs to where it was started."}, Nobody()}},
          {"processes.terminal",
           "The terminal's settings are the same in both snapshots.",
           {Between()},
           {{"terminal-changed", "The settings differ."}}},
          {"processes.left",
           "At the end no process is left.",
           {},
           {{"survivor", "A process lives on."}}}};
}

std::vector<KindTable> DescriptorKinds() {
  return {{"fds.wired",
           "Each edge joins its two ends.",
           {At(),
            {"edges", P::kEdges, "A list of `\"END -> END\"`.", true},
            {"via",
             P::kChoices,
             "What the edges go through.",
             false,
             "any",
             {{"any", "Whatever."},
              {"pipe", "A pipe without a name."},
              {"fifo", "A named pipe."},
              {"socket", "A socket pair or connection."},
              {"file", "An ordinary file."}}}},
           {{"not-joined", "The two ends are not joined."},
            {"swapped", "They are joined the other way round."},
            {"wrong-target", "An end leads elsewhere."},
            Nobody()}},
          {"fds.open",
           "Just these descriptors are open.",
           {At(),
            WhoOf("Whose descriptors."),
            {"table", P::kFdTable,
             "`{0: socket}`: `file pipe fifo socket terminal null`, a path, a connection.", true}},
           {{"extra-descriptor", "One more is open."},
            {"missing-descriptor", "One is closed, or leads elsewhere."},
            Nobody()}},
          {"fds.leaked",
           "None holds a pipe end or socket that it never uses again.",
           {At(), WhoOf("Whose descriptors.")},
           {{"pipe-end-kept", "A pipe end was kept."},
            {"socket-kept", "A socket was kept."},
            Nobody()}},
          {"pipes.carried",
           "So many bytes went that way.",
           {{"edge", P::kEdge, "`\"END -> END\"`.", true},
            {"bytes", P::kSizeRange, "How many.", false, "1B.."},
            {"via",
             P::kChoices,
             "Through what.",
             false,
             "[pipe, fifo]",
             {{"pipe", "A pipe without a name."}, {"fifo", "A named pipe."}}}},
           {{"nothing-carried", "Not so many went that way."}, Nobody()}}};
}

std::vector<KindTable> SignalKinds() {
  return {{"signals.disposition",
           "Each of the signals is treated so.",
           {At(),
            WhoOf("Who is looked at."),
            {"signals", P::kSignals, "Which signals.", true},
            {"is",
             P::kChoices,
             "How, or in one of several ways.",
             true,
             {},
             {{"caught", "A handler is installed."},
              {"ignored", "It is ignored."},
              {"blocked", "It is blocked, or waited for."},
              {"default", "Its default action stands."}}}},
           {{"default-action", "It is treated in another way."}, Nobody()}},
          {"signals.sent",
           "So many were sent.",
           {{"signals", P::kSignals, "Which: a list, or `any`.", true},
            By("Who sends."),
            WhoOf("Who gets them."),
            Count("How many.")},
           {{"not-sent", "Fewer were sent."}, {"too-many", "More were sent."}, Nobody()}},
          {"signals.safe_handler",
           "Handlers that interrupt a call use async-signal-safe functions only.",
           {WhoOf("Whose handlers."), {"signals", P::kSignals, "Of which signals.", false, "any"}},
           {{"unsafe-call", "A handler calls a function that is not safe there."}, Nobody()}}};
}

std::vector<KindTable> MemoryKinds() {
  return {{"memory.shared",
           "They share a writable mapping.",
           {At(), WhoOf("Who shares.")},
           {{"private", "They share none."}, Nobody()}},
          {"memory.changed",
           "Bytes of shared memory differ between the two snapshots.",
           {Between()},
           {{"unchanged", "No shared byte differs."}}},
          {"memory.left",
           "At the end no object, semaphore or queue is left.",
           {},
           {{"object-left", "One is left."}}}};
}

std::vector<KindTable> SocketKinds() {
  return {{"sockets.listening",
           "It listens so.",
           {At(),
            WhoOf("Who listens."),
            {"port", P::kPorts, "A port, or a list."},
            {"path", P::kPath, "The path of a UNIX socket."},
            {"address", P::kString, "The address it is bound to."},
            {"exactly", P::kBool, "`true`: and to nothing else.", false, "false"}},
           {{"not-listening", "It does not listen there."},
            {"wrong-address", "It listens at another address."},
            {"extra-port", "It listens elsewhere too."},
            Nobody()},
           {"port", "path"}},
          {"sockets.ended",
           "The other side left the connection so.",
           {{"of", P::kChannel, "The connection.", true},
            At(),
            {"is",
             P::kChoices,
             "How, or in one of several ways.",
             true,
             {},
             {{"closed", "Closed after all was sent."},
              {"reset", "Reset."},
              {"half-closed", "It sends no more and still reads."},
              {"open", "Still open."}}}},
           {{"not-closed", "It is still open."}, {"reset", "It was reset."}}}};
}

std::vector<KindTable> FileKinds() {
  return {{"files.content",
           "The text of the file is so.",
           With({{"path", P::kPath, "The file; a glob must match one.", true}, At()}, Claims()),
           {{"missing-file", "There is no such file."}, {"wrong-text", "Its text is another."}},
           ClaimNames()},
          {"files.state",
           "The file is so.",
           {{"path", P::kPath, "The file; a glob must match one.", true},
            At(),
            {"is",
             P::kChoices,
             "What it is, or one of several.",
             false,
             {},
             {{"file", "An ordinary file."},
              {"fifo", "A named pipe."},
              {"socket", "A UNIX socket."},
              {"directory", "A directory."},
              {"missing", "There is none."}}},
            {"mode", P::kMode, "Its mode, in quotes."}},
           {{"missing-file", "There is no such file."},
            {"wrong-kind", "It is something else."},
            {"wrong-mode", "It has another mode."},
            {"left-over", "It is still there."}},
           {"is", "mode"}},
          {"files.left",
           "Nothing new is left.",
           {{"except", P::kGlobs, "Globs of what may be left."}},
           {{"left-over", "Something is left."}}}};
}

std::vector<KindTable> OutputKinds() {
  return {{"output.text",
           "The text of the stream is so.",
           With({{"of", P::kStream, "The stream.", false, "submission.stdout"}, At()}, Claims()),
           {{"wrong-text", "Its text is another."},
            {"unflushed", "It was written, and had not come yet."},
            {"repeated", "Text was written twice, as by a buffer copied by fork."}},
           ClaimNames()},
          {"output.distinct",
           "All differ, over the check's scenarios too.",
           {{"of", P::kStreams, "A stream, or a list.", true}},
           {{"same-text", "Two of them are equal."}}}};
}

std::vector<KindTable> CallKinds() {
  return {{"calls.made",
           "So many were made; of read and write those that move bytes.",
           {{"call", P::kCall, "A system call or a family.", true},
            By("Who makes it."),
            {"of", P::kStreamOrChannel, "On this stream or channel only."},
            {"result", P::kCallResult, "Only those that end so."},
            Count("How many.")},
           {{"not-made", "Fewer were made."},
            {"forbidden", "It was made, and must not be."},
            Nobody()}},
          {"calls.order",
           "The first of each comes in this order.",
           {{"events", P::kOrder, "A list of calls, signals, outputs, stops ...", true}},
           {{"wrong-order", "They come in another order."}, Nobody()}}};
}

std::vector<KindTable> ResourceKinds() {
  return {
      {"resources.idle",
       "They use no more than this between the snapshots.",
       {Between(),
        WhoOf("Who is looked at.", "all"),
        {"wakeups", P::kCount, "Wake-ups by own timers, for each second and timer.", false, "1"},
        {"processor", P::kDuration, "Processor time.", false, "50ms"}},
       {{"polling", "It wakes up again and again."}, {"busy", "It uses the processor."}, Nobody()}},
      {"resources.growth",
       "Grew by no more than this between the snapshots.",
       {{"what",
         P::kChoices,
         "What is counted.",
         true,
         {},
         {{"descriptors", "Open descriptors."},
          {"memory", "Resident memory."},
          {"processes", "Processes."}}},
        Between(),
        WhoOf("Who is looked at.", "all"),
        {"most", P::kCountOrSize, "The most that it may grow; of memory a size.", true}},
       {{"grew", "It grew by more."}, Nobody()}}};
}

std::vector<KindTable> ExternalKinds() {
  return {{"external",
           "A program of the exercise's folder says so, from the recording as JSON.",
           {{"program", P::kProgramPath, "Its path: `./my_check.py`.", true}},
           {}}};
}

}  // namespace

std::span<const KindTable> AllKinds() {
  static const std::vector<KindTable> kinds = [] {
    std::vector<KindTable> all;
    for (const auto& topic :
         {ProcessKinds(), DescriptorKinds(), SignalKinds(), MemoryKinds(), SocketKinds(),
          FileKinds(), OutputKinds(), CallKinds(), ResourceKinds(), ExternalKinds()})
      all.insert(all.end(), topic.begin(), topic.end());
    return all;
  }();
  return kinds;
}

}  // namespace plumbline::spec

// SPDX-License-Identifier: MIT
#include "report/story_setting.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace plumbline::report {
namespace {

using record::Call;
using record::ProcessIndex;
using record::Transfer;

// Code, and data that libraries and interpreters keep for themselves. ld.so(8), locale(5),
// nsswitch.conf(5), nscd(8).
constexpr auto kOfLibraries = std::to_array<std::string_view>(
    {"/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/", "/etc/ld.so.",
     "/usr/share/locale/", "/usr/share/zoneinfo/", "/etc/localtime", "/etc/nsswitch.conf",
     "/var/run/nscd/", "/etc/terminfo/", "/usr/share/terminfo/", "/etc/inputrc", "/etc/gai.conf",
     "/usr/pyvenv.cfg", "/usr/bin/pyvenv.cfg", "/usr/bin/python3", "/usr/bin/pybuilddir.txt"});
// A program may be about these; libraries open them close-on-exec.
constexpr std::array<std::string_view, 6> kOfBoth{"/etc/passwd",    "/etc/group",
                                                  "/etc/hosts",     "/etc/services",
                                                  "/etc/host.conf", "/etc/resolv.conf"};

bool IsOfLibraries(std::string_view path) {
  return std::ranges::any_of(kOfLibraries,
                             [&](std::string_view one) { return path.starts_with(one); });
}

std::string_view Argument(const Call& call, std::string_view name) {
  const auto it = std::ranges::find(call.args, name,
                                    [](const auto& arg) { return std::string_view(arg.first); });
  return it == call.args.end() ? std::string_view() : std::string_view(it->second);
}

bool OpensForLibraries(const Call& call) {
  const std::string_view path = Argument(call, "path");
  if (IsOfLibraries(path) || IsOfLibraries(Argument(call, "address"))) return true;
  return std::ranges::find(kOfBoth, path) != kOfBoth.end() &&
         Argument(call, "flags").contains("O_CLOEXEC");
}

// "[SIGINT SIGTERM]"
std::set<std::string> SignalsIn(std::string_view list) {
  std::set<std::string> signals;
  std::string word;
  for (const char c : list) {
    if (c != '[' && c != ']' && c != ' ') word += c;
    if ((c == ' ' || c == ']') && !word.empty()) signals.insert(std::exchange(word, {}));
  }
  return signals;
}

// What a process does at each signal and which it blocks, as its calls told.
struct Signals {
  std::map<std::string, std::string> actions;
  std::set<std::string> blocked;
};

// A mask that a process sets, with what it was before.
struct MaskChange {
  size_t event = 0;
  std::set<std::string> before;
};

class Setting {
 public:
  explicit Setting(const record::Recording& recording) : recording_(recording) {
    // The socket is made before anything says what it is for.
    for (const record::Event& event : recording_.events) {
      const auto* call = std::get_if<Call>(&event.what);
      if (call && call->object != 0 && IsOfLibraries(Argument(*call, "address")))
        objects_.insert(call->object);
    }
    for (size_t i = 0; i < recording_.objects.size(); ++i) {
      if (IsOfLibraries(recording_.objects[i].name)) objects_.insert(static_cast<int>(i) + 1);
    }
  }

  std::vector<bool> Judge() {
    for (size_t i = 0; i < recording_.events.size(); ++i) {
      const record::Event& event = recording_.events[i];
      const std::set<std::string> mask = signals_[event.actor].blocked;
      parts_.push_back(
          std::visit([&](const auto& what) { return IsPart(event.actor, what); }, event.what));
      if (!parts_.back()) NoteTold(i, event.actor, mask);
    }
    return std::move(parts_);
  }

 private:
  // A mask that is set back before anything else happened was for nothing.
  void NoteTold(size_t event, ProcessIndex actor, const std::set<std::string>& mask) {
    const std::set<std::string>& now = signals_[actor].blocked;
    const auto last = mask_changes_.extract(actor);
    if (now == mask) return;
    if (!last.empty() && last.mapped().before == now)
      parts_[event] = parts_[last.mapped().event] = true;
    else
      mask_changes_[actor] = {event, mask};
  }

  bool IsPart(ProcessIndex actor, const Call& call) {
    if (call.name == "rt_sigaction") return !SetsAction(actor, call);
    if (call.name == "rt_sigprocmask") return !SetsMask(actor, call);
    if (call.error == EAGAIN && call.family != "fork") return !IsNews(actor, call);
    if (call.made_fd >= 0) {
      const bool part = objects_.contains(call.made_object) || OpensForLibraries(call);
      if (!part) return false;
      descriptors_.insert({actor, call.made_fd});
      return true;
    }
    const bool part = objects_.contains(call.object) || OpensForLibraries(call) ||
                      descriptors_.contains({actor, call.fd});
    if (part && call.name == "close") descriptors_.erase({actor, call.fd});
    return part;
  }
  bool IsPart(ProcessIndex actor, const Transfer& transfer) {
    tried_in_vain_.erase({actor, transfer.fd});
    return objects_.contains(transfer.object) || descriptors_.contains({actor, transfer.fd});
  }
  bool IsPart(ProcessIndex actor, const record::Born& born) {
    signals_[born.child] = signals_[actor];
    return false;
  }
  // Handlers do not survive it; what is ignored or blocked does, execve(2).
  bool IsPart(ProcessIndex actor, const record::Executed& executed) {
    if (executed.error == 0)
      std::erase_if(signals_[actor].actions,
                    [](const auto& entry) { return entry.second.starts_with("handler"); });
    return false;
  }
  template <typename What>
  bool IsPart(ProcessIndex, const What&) {
    return false;
  }

  // Who asks again and again whether something has come is told of once, until it has.
  bool IsNews(ProcessIndex actor, const Call& call) {
    return tried_in_vain_[{actor, call.fd}].insert(call.name).second;
  }

  bool SetsAction(ProcessIndex actor, const Call& call) {
    const std::string action(Argument(call, "action"));
    if (call.error != 0) return true;
    if (action == "NULL") return false;
    std::string& now = signals_[actor]
                           .actions.try_emplace(std::string(Argument(call, "signal")), "SIG_DFL")
                           .first->second;
    // It may be another handler.
    return std::exchange(now, action) != action || action.starts_with("handler");
  }

  bool SetsMask(ProcessIndex actor, const Call& call) {
    const std::string_view how = Argument(call, "how");
    const std::string_view list = Argument(call, "set");
    if (call.error != 0) return true;
    if (list == "NULL") return false;
    std::set<std::string>& now = signals_[actor].blocked;
    const std::set<std::string> before = now;
    const std::set<std::string> given = SignalsIn(list);
    if (how == "SIG_SETMASK") now = given;
    if (how == "SIG_BLOCK") now.insert(given.begin(), given.end());
    if (how == "SIG_UNBLOCK")
      std::erase_if(now, [&](const std::string& one) { return given.contains(one); });
    return now != before;
  }

  const record::Recording& recording_;
  std::set<int> objects_;
  std::set<std::pair<ProcessIndex, int>> descriptors_;
  std::map<std::pair<ProcessIndex, int>, std::set<std::string>> tried_in_vain_;
  std::map<ProcessIndex, Signals> signals_;
  std::map<ProcessIndex, MaskChange> mask_changes_;  // of whom nothing was told since
  std::vector<bool> parts_;
};

}  // namespace

std::vector<bool> SettingUp(const record::Recording& recording) {
  return Setting(recording).Judge();
}

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
#include "spec/names.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "spec/reader.h"

namespace plumbline::spec {
namespace {

bool IsFed(const Node& program) {
  const Node* input = program.Find("stdin");
  return input != nullptr && input->text == "open";
}

class Collector {
 public:
  explicit Collector(Reader& reader) : reader_(reader) {}

  Names Collect(const Node& scenario) {
    if (const Node* peers = scenario.Find("peers")) AddPeers(*peers);
    if (const Node* steps = scenario.Find("steps")) AddSteps(*steps);
    RefuseMembers();
    return std::move(names_);
  }

 private:
  void AddPeers(const Node& peers) {
    for (const auto& [name, peer] : peers.entries) {
      const Node* kind = peer.Find("kind");
      Declared declared{
          .mark = name.mark, .port = peer.Find("port") != nullptr, .fed = IsFed(peer)};
      if (kind != nullptr)
        declared.kind =
            kind->text == "scripted" ? Declared::Kind::kScriptedPeer : Declared::Kind::kBuiltinPeer;
      Declare(name.text, declared);
    }
  }

  void AddSteps(const Node& steps) {
    for (size_t index = 0; index < steps.items.size(); ++index) {
      for (const auto& [key, value] : steps.items[index].entries)
        AddStep(static_cast<int>(index), key.text, value);
    }
  }

  void AddStep(int index, const std::string& key, const Node& value) {
    if (key == "hold" && names_.first_hold < 0) names_.first_hold = index;
    if (key == "snapshot" && value.IsScalar()) AddSnapshot(value, index);
    const bool connection = key == "connect" || key == "accept";
    const Node* as = connection || key == "start" ? value.Find("as") : nullptr;
    if (as == nullptr || !as->IsScalar()) return;
    Declared declared{.mark = as->mark, .step = index, .fed = !connection && IsFed(value)};
    if (connection) {
      declared.kind = Declared::Kind::kConnection;
      if (const Node* count = value.Find("count")) {
        const auto number = ParseRange(count->text);
        if (number) declared.count = static_cast<int>(std::min<int64_t>(number->least, 1 << 20));
      }
    }
    Declare(as->text, declared);
  }

  void AddSnapshot(const Node& name, int step) {
    if (name.text == "start" || name.text == "end") {
      reader_.Report(name.mark, "reserved-name",
                     "the snapshot " + Quoted(name.text) + " is taken by itself",
                     "choose another name");
    } else if (const auto [taken, fresh] =
                   names_.snapshots.emplace(name.text, Taken{name.mark, step});
               !fresh) {
      ReportTaken(name.text, name.mark, taken->second.mark);
    }
  }

  void Declare(const std::string& name, const Declared& declared) {
    static const std::vector<std::string> kReserved{"submission", "all", "stdin", "terminal",
                                                    "cwd",        "n",   "any"};
    if (std::ranges::find(kReserved, name) != kReserved.end()) {
      reader_.Report(declared.mark, "reserved-name", Quoted(name) + " has a meaning of its own",
                     "choose another name");
    } else if (const auto [taken, fresh] = names_.all.emplace(name, declared); !fresh) {
      ReportTaken(name, declared.mark, taken->second.mark);
    }
  }

  void ReportTaken(const std::string& name, const Mark& mark, const Mark& first) {
    reader_.Report(mark, "duplicate-name",
                   Quoted(name) + " is already declared in line " + std::to_string(first.line),
                   "choose another name");
  }

  // A group's members are names too.
  void RefuseMembers() {
    for (const auto& [group, declared] : names_.all) {
      if (declared.count == 0) continue;
      for (const auto& [name, other] : names_.all) {
        const int number = MemberNumber(group, name);
        if (number >= 1 && number <= declared.count) ReportTaken(name, other.mark, declared.mark);
      }
    }
  }

  Reader& reader_;
  Names names_;
};

}  // namespace

int MemberNumber(const std::string& group, const std::string& name) {
  if (name.size() <= group.size() || !name.starts_with(group) || name[group.size()] == '0')
    return 0;
  int number = 0;
  const char* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + group.size(), end, number);
  return error == std::errc() && stop == end ? number : 0;
}

const Declared* Names::Connection(const std::string& name) const {
  const auto is_connection = [](const Declared& declared) {
    return declared.kind == Declared::Kind::kConnection;
  };
  if (const auto found = all.find(name); found != all.end())
    return is_connection(found->second) ? &found->second : nullptr;
  for (const auto& [group, declared] : all) {
    const int number = MemberNumber(group, name);
    if (is_connection(declared) && number >= 1 && number <= declared.count) return &declared;
  }
  return nullptr;
}

bool Names::IsProcess(const std::string& name) const {
  const auto found = all.find(name);
  return found != all.end() && found->second.kind == Declared::Kind::kProcess;
}

bool Names::HasSnapshot(const std::string& name) const {
  return name == "start" || name == "end" || snapshots.contains(name);
}

bool Names::InOrder(const std::string& first, const std::string& second) const {
  const auto place = [this](const std::string& name) {
    const auto found = snapshots.find(name);
    if (found != snapshots.end()) return found->second.step;
    return name == "end" ? std::numeric_limits<int>::max() : -1;
  };
  return place(first) < place(second);
}

void Names::Merge(const Names& other) {
  all.insert(other.all.begin(), other.all.end());
  snapshots.insert(other.snapshots.begin(), other.snapshots.end());
}

Names CollectNames(Reader& reader, const Node& scenario) {
  return Collector(reader).Collect(scenario);
}

}  // namespace plumbline::spec

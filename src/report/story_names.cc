// SPDX-License-Identifier: MIT
#include "report/story_names.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"

namespace plumbline::report {
namespace {

using record::ObjectKind;
using record::ProcessIndex;

constexpr size_t kMostOfText = 80;
constexpr std::string_view kFolder = "/lab/";

// A to Z, then 27 and so on.
std::string Letter(size_t n) {
  return n < 26 ? std::string(1, static_cast<char>('A' + n)) : std::to_string(n + 1);
}

std::string NameOfRole(const std::string& role) {
  if (role == "stdin") return "standard input";
  if (role.ends_with(".stdout")) return "standard output";
  if (role.ends_with(".stderr")) return "standard error";
  return role;
}

// "to 127.0.0.1:7", "from 127.0.0.1:40000", "at 0.0.0.0:7": what a socket was made for.
std::map<int, std::string> AddressesIn(const record::Recording& recording) {
  std::map<int, std::string> addresses;
  for (const record::Event& event : recording.events) {
    const auto* call = std::get_if<record::Call>(&event.what);
    if (!call) continue;
    const auto address =
        std::ranges::find(call->args, "address", [](const auto& arg) { return arg.first; });
    if (address == call->args.end() || address->second == "NULL") continue;
    const std::string text = Escaped(address->second, kMostOfText);
    if (call->family == "connect") addresses[call->object] = " to " + text;
    if (call->family == "accept" && call->error == 0)
      addresses[call->made_object] = " from " + text;
    if (call->name == "bind" && call->error == 0)
      addresses.try_emplace(call->object, " at " + text);
  }
  return addresses;
}

}  // namespace

StoryNames::StoryNames(const record::Recording& recording)
    : recording_(recording), programs_(recording.processes.size()) {
  std::map<int, std::string> addresses = AddressesIn(recording);
  size_t pipes = 0;
  size_t sockets = 0;
  for (size_t i = 0; i < recording.objects.size(); ++i) {
    const record::Object& object = recording.objects[i];
    if (!object.role.empty()) continue;
    const int number = static_cast<int>(i) + 1;
    const std::string& address = addresses[number];
    if (object.kind == ObjectKind::kPipe) letters_[number] = "pipe " + Letter(pipes++);
    // Who asks the name service is not told of.
    if (object.kind == ObjectKind::kSocket && !address.contains("/nscd/"))
      letters_[number] = "socket " + Letter(sockets++) + address;
  }
}

const record::Process* StoryNames::ProcessAt(ProcessIndex process) const {
  const bool known = process >= 0 && static_cast<size_t>(process) < recording_.processes.size();
  return known ? &recording_.processes[static_cast<size_t>(process)] : nullptr;
}

std::string StoryNames::Pid(ProcessIndex process) const {
  const record::Process* const known = ProcessAt(process);
  return known ? std::to_string(known->pid.value) : "init";
}

std::string StoryNames::Of(ProcessIndex process) const {
  if (!ProcessAt(process)) return "[plumbline]";
  const std::string& program = programs_[static_cast<size_t>(process)];
  return "[" + Pid(process) + (program.empty() ? "" : " " + Escaped(program, kMostOfText)) + "]";
}

std::string StoryNames::Of(const std::vector<ProcessIndex>& processes) const {
  std::string names;
  for (const ProcessIndex process : processes) names += (names.empty() ? "" : " ") + Of(process);
  return names.empty() ? "nobody" : names;
}

std::string StoryNames::OfPid(int pid) const {
  for (size_t i = recording_.processes.size(); i > 0; --i) {
    if (recording_.processes[i - 1].pid.value == pid) return Of(static_cast<ProcessIndex>(i) - 1);
  }
  return {};
}

std::string StoryNames::OfObject(int number) const {
  const record::Object* const object = recording_.object(number);
  if (!object) return {};
  if (!object->role.empty()) return NameOfRole(object->role);
  if (const auto letter = letters_.find(number); letter != letters_.end()) return letter->second;
  if (object->name.starts_with(kFolder))
    return Escaped(object->name.substr(kFolder.size()), kMostOfText);
  return Escaped(object->name, kMostOfText);
}

void StoryNames::Take(const record::Event& event) {
  if (!ProcessAt(event.actor)) return;
  std::string& program = programs_[static_cast<size_t>(event.actor)];
  // A child runs its parent's program until it executes another.
  if (const auto* born = std::get_if<record::Born>(&event.what); born && ProcessAt(born->child))
    programs_[static_cast<size_t>(born->child)] = program;
  if (const auto* executed = std::get_if<record::Executed>(&event.what);
      executed && executed->error == 0)
    program = std::filesystem::path(executed->path).filename();
}

}  // namespace plumbline::report

// SPDX-License-Identifier: MIT
#include "build/entry.h"

#include "base/hash.h"
#include "sandbox/wire.h"

namespace plumbline::build {
namespace {

using sandbox::Packer;
using sandbox::Unpacker;

constexpr std::string_view kMagic = "plumbline build 1\n";
constexpr size_t kHashSize = 64;

void Pack(const SourceFile& file, Packer& to) {
  to.Text(file.path).Text(file.content).Number(file.executable ? 1 : 0);
}
void Pack(const std::string& text, Packer& to) { to.Text(text); }
void Pack(const Diagnostic& diagnostic, Packer& to) {
  to.Text(diagnostic.file).Signed(diagnostic.line).Signed(diagnostic.column);
  to.Text(diagnostic.severity).Text(diagnostic.message);
}

void Unpack(Unpacker& from, SourceFile& file) {
  file.path = from.Text();
  file.content = from.Text();
  file.executable = from.Number() != 0;
}
void Unpack(Unpacker& from, std::string& text) { text = from.Text(); }
void Unpack(Unpacker& from, Diagnostic& diagnostic) {
  diagnostic.file = from.Text();
  diagnostic.line = from.Int();
  diagnostic.column = from.Int();
  diagnostic.severity = from.Text();
  diagnostic.message = from.Text();
}

template <typename T>
void Pack(const std::vector<T>& list, Packer& to) {
  to.Number(list.size());
  for (const T& item : list) Pack(item, to);
}
template <typename T>
void Unpack(Unpacker& from, std::vector<T>& list) {
  for (uint64_t left = from.Number(); left > 0 && from.ok(); --left)
    Unpack(from, list.emplace_back());
}

void Pack(const Artifact& artifact, Packer& to) {
  to.Text(artifact.hash).Number(artifact.programs.size());
  for (const auto& [name, program] : artifact.programs) {
    to.Text(name);
    Pack(program.files, to);
    Pack(program.command, to);
  }
}
void Unpack(Unpacker& from, Artifact& artifact) {
  artifact.hash = from.Text();
  for (uint64_t left = from.Number(); left > 0 && from.ok(); --left) {
    Runnable& program = artifact.programs[std::string(from.Text())];
    Unpack(from, program.files);
    Unpack(from, program.command);
  }
}

}  // namespace

std::string EncodeEntry(const std::string& key, const Report& report) {
  Packer content;
  content.Text(key).Number(report.ok ? 1 : 0).Text(report.command).Text(report.log);
  Pack(report.diagnostics, content);
  Pack(report.artifact, content);
  std::string entry(kMagic);
  entry.append(Hasher().Add(content.bytes()).Finish()).append("\n").append(content.bytes());
  return entry;
}

std::optional<Report> DecodeEntry(std::string_view bytes, const std::string& key) {
  constexpr size_t kHead = kMagic.size() + kHashSize + 1;
  if (bytes.size() < kHead || !bytes.starts_with(kMagic) || bytes[kHead - 1] != '\n')
    return std::nullopt;
  const std::string_view hash = bytes.substr(kMagic.size(), kHashSize);
  const std::string_view content = bytes.substr(kHead);
  if (Hasher().Add(content).Finish() != hash) return std::nullopt;
  Unpacker from(content);
  if (from.Text() != key) return std::nullopt;
  Report report;
  report.cached = true;
  report.ok = from.Number() != 0;
  report.command = from.Text();
  report.log = from.Text();
  Unpack(from, report.diagnostics);
  Unpack(from, report.artifact);
  if (!from.ok()) return std::nullopt;
  return report;
}

}  // namespace plumbline::build

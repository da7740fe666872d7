// SPDX-License-Identifier: MIT
// Submissions written in the test, built in real sandboxes; and folders on disk to read them from.
#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/io.h"
#include "build/build.h"
#include "build/limits.h"
#include "tests/sandbox/harness.h"

namespace plumbline::build {

// As ReadSubmission() makes one.
inline Submission SubmissionOf(std::vector<SourceFile> files) {
  std::ranges::sort(files, {}, &SourceFile::path);
  Hasher hasher;
  for (const SourceFile& file : files)
    hasher.Add(file.path).Add(file.content).Add(file.executable ? "x" : "-");
  return {.files = std::move(files), .hash = hasher.Finish()};
}

inline constexpr char kEmptyMain[] = "int main(void) { return 0; }\n";

inline Request RequestOf(const std::string& language, std::vector<SourceFile> files) {
  return {.submission = SubmissionOf(std::move(files)),
          .language = language,
          .programs = {{"pipe-chain", {}}}};
}

// What the report says, for a test that expected something else.
inline std::string Words(const Report& report) {
  std::string text = report.command + "\n";
  for (const Diagnostic& d : report.diagnostics)
    text += d.file + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": " +
            d.severity + ": " + d.message + "\n";
  return text + report.log;
}

// For GoogleTest, by this name.
inline void PrintTo(const Diagnostic& d, std::ostream* out) {
  *out << d.file << ":" << d.line << ":" << d.column << ": " << d.severity << ": " << d.message;
}

inline ::testing::Matcher<Diagnostic> IsDiagnostic(const std::string& severity,
                                                   const std::string& file, int line,
                                                   const std::string& words) {
  return ::testing::AllOf(
      ::testing::Field("severity", &Diagnostic::severity, severity),
      ::testing::Field("file", &Diagnostic::file, file),
      ::testing::Field("line", &Diagnostic::line, line),
      ::testing::Field("message", &Diagnostic::message, ::testing::HasSubstr(words)));
}

// The only program's bytes.
inline std::string BytesOf(const Report& report) {
  if (report.artifact.programs.size() != 1) return "";
  const auto& files = report.artifact.programs.begin()->second.files;
  return files.size() == 1 ? files[0].content : "";
}

// A folder of the test's own, gone at its end.
class Folder {
 public:
  Folder() {
    std::string name = ::testing::TempDir() + "plumbline-build-XXXXXX";
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path Write(const std::string& name, std::string_view content) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    const UniqueFd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    EXPECT_TRUE(fd.valid() && WriteAll(fd.get(), content)) << file;
    return file;
  }

 private:
  std::filesystem::path path_;
};

// Skips where there is no sandbox: visible at home, a failure in CI.
class BuildTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto box = sandbox::Sandbox::Create({});
    if (!box) GTEST_SKIP() << "needs: user namespaces (" << box.error().ToString() << ")";
  }
};

}  // namespace plumbline::build

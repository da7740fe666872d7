// SPDX-License-Identifier: MIT
#include "tests/hostile/grading.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <vector>

#include "base/check.h"
#include "base/io.h"

namespace plumbline::hostile {
namespace {

namespace fs = std::filesystem;

std::string Replaced(std::string text, const std::string& word, const std::string& value) {
  for (size_t at = text.find(word); at != std::string::npos;
       at = text.find(word, at + value.size()))
    text.replace(at, word.size(), value);
  return text;
}

void Write(const fs::path& path, const std::string& content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

void CopyFilled(const fs::path& from, const fs::path& to, const Outside& outside) {
  const auto content = ReadFile(from);
  CHECK(content.has_value());
  Write(to, outside.Fill(*content));
  fs::permissions(to, fs::status(from).permissions());
}

std::string ContentOf(const UniqueFd& memory) {
  std::string content(static_cast<size_t>(::lseek(memory.get(), 0, SEEK_END)), '\0');
  const ssize_t count = ::pread(memory.get(), content.data(), content.size(), 0);
  content.resize(count > 0 ? static_cast<size_t>(count) : 0);
  return content;
}

std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// One supervisor does all: the calm run comes after the attack, in the same process.
void StayOnOneProcessor() {
  const int here = ::sched_getcpu();
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<size_t>(here < 0 ? 0 : here), &one);
  ::sched_setaffinity(0, sizeof one, &one);
}

}  // namespace

Attack Harmless() {
  Attack attack;
  attack.source = "harmless.sh";
  attack.what = "nothing";
  return attack;
}

void Grader::Prepare(const Attack& attack, const Outside& outside) const {
  const fs::path sources = PLUMBLINE_HOSTILE;
  fs::remove_all(folder_ / "endure");
  fs::remove_all(folder_ / "submission");
  fs::remove_all(folder_ / "runs");
  const auto exercise = ReadFile(sources / "exercise.yaml");
  CHECK(exercise.has_value());
  std::string text = Replaced(*exercise, "@LIMITS@", attack.limits);
  text = Replaced(text, "@SCENARIO@", attack.scenario);
  text = Replaced(text, "@CHECKS@", attack.checks);
  text = Replaced(text, "@EXERCISE@", folder_ / "endure");
  Write(folder_ / "endure/exercise.yaml", outside.Fill(text));
  Write(folder_ / "endure/solutions/secret/main.sh", "# @HIDDEN@\n");
  const fs::path source = sources / attack.source;
  if (fs::is_directory(source)) {
    for (const auto& entry : fs::recursive_directory_iterator(source)) {
      if (entry.is_regular_file())
        CopyFilled(entry.path(), folder_ / "submission" / fs::relative(entry.path(), source),
                   outside);
    }
    return;
  }
  CopyFilled(source, folder_ / "submission" / ("endure" + source.extension().string()), outside);
  if (source.extension() == ".c" || source.extension() == ".cc")
    CopyFilled(sources / "attack.h", folder_ / "submission/attack.h", outside);
}

Graded Grader::Run() const {
  const UniqueFd out(::memfd_create("out", MFD_CLOEXEC));
  const UniqueFd err(::memfd_create("err", MFD_CLOEXEC));
  std::vector<std::string> words{
      "plumbline", "check",          "--json",           "--isolation",         rung_,
      "--record",  folder_ / "runs", folder_ / "endure", folder_ / "submission"};
  std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                                       "HOME=" + folder_.string(), "TMPDIR=" + folder_.string(),
                                       "XDG_CACHE_HOME=" + (folder_ / "cache").string()};
  const std::vector<char*> argv = Pointers(words);
  const std::vector<char*> env = Pointers(environment);
  const pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) {
    StayOnOneProcessor();
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, 0);
    ::dup2(out.get(), 1);
    ::dup2(err.get(), 2);
    ::fexecve(program_.get(), argv.data(), env.data());
    ::_exit(127);
  }
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child);
  Graded graded;
  graded.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  graded.out = ContentOf(out);
  graded.err = ContentOf(err);
  return graded;
}

Graded Grader::Grade(const Attack& attack, const Outside& outside) const {
  Prepare(attack, outside);
  Graded graded = Run();
  graded.grade = nlohmann::json::parse(graded.out, nullptr, false);
  if (graded.grade.is_discarded()) graded.grade = nullptr;
  if (const auto text = ReadFile(folder_ / "runs/attack.recording.json", MiB(256))) {
    if (auto recording = record::FromJson(*text)) graded.recording = *std::move(recording);
  }
  return graded;
}

}  // namespace plumbline::hostile

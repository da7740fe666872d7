// SPDX-License-Identifier: MIT
#include "tests/hostile/grading.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <sstream>
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

// A bare name: text where "\u00ff raw" stands for the byte 0xff, which is no UTF-8.
std::string BareName(std::string name) {
  return name.ends_with(" raw") ? std::string("\xff") : name;
}

void AddSocket(const fs::path& path) {
  const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  CHECK(path.string().size() < sizeof address.sun_path);
  std::strcpy(address.sun_path, path.c_str());
  CHECK(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
}

// One of Attack::adds.
void Add(const fs::path& folder, const std::string& what) {
  std::istringstream words(what);
  std::string kind;
  std::string name;
  words >> kind;
  if (kind == "name") {
    Write(folder / BareName(what.substr(kind.size() + 1)), "x\n");
    return;
  }
  words >> name;
  if (kind == "link") {
    std::string target;
    words >> target;
    fs::create_symlink(target, folder / name);
  } else if (kind == "fifo") {
    CHECK(::mkfifo((folder / name).c_str(), 0644) == 0);
  } else if (kind == "socket") {
    AddSocket(folder / name);
  } else if (kind == "files") {
    for (int i = std::stoi(name); i > 0; --i) Write(folder / ("f" + std::to_string(i)), "x\n");
  } else if (kind == "depth") {
    fs::path deep = folder;
    for (int i = std::stoi(name); i > 0; --i) deep /= "d";
    fs::create_directories(deep);
  } else {
    CHECK(kind == "size");
    uint64_t mebibytes = 0;
    words >> mebibytes;
    Write(folder / name, "x\n");
    fs::resize_file(folder / name, MiB(mebibytes).count);
  }
}

// The check that needs more than rung C.
std::string WithoutObjects(std::string exercise) {
  const size_t begin = exercise.find("  - {id: objects,");
  CHECK(begin != std::string::npos);
  return exercise.erase(begin, exercise.find('\n', begin) + 1 - begin);
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
  fs::remove(folder_ / "report.txt");
  const auto exercise = ReadFile(sources / "exercise.yaml");
  CHECK(exercise.has_value());
  std::string text = rung_ == "C" ? WithoutObjects(*exercise) : *exercise;
  text = Replaced(text, "@LIMITS@", attack.limits);
  text = Replaced(text, "@SCENARIO@", attack.scenario);
  text = Replaced(text, "@CHECKS@", attack.checks);
  Write(folder_ / "endure/exercise.yaml", outside.Fill(text));
  Write(folder_ / "endure/solutions/secret/main.sh", "# @HIDDEN@\n");
  CopySources(attack, outside);
  for (const std::string& what : attack.adds) Add(folder_ / "submission", what);
}

void Grader::CopySources(const Attack& attack, const Outside& outside) const {
  const fs::path sources = PLUMBLINE_HOSTILE;
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

void Grader::Begin(const Attack& attack, const Outside& outside) {
  Prepare(attack, outside);
  out_.Reset(::memfd_create("out", MFD_CLOEXEC));
  err_.Reset(::memfd_create("err", MFD_CLOEXEC));
  const std::string report = "terminal=" + (folder_ / "report.txt").string();
  std::vector<std::string> words{"plumbline", "check", "--json", "--isolation", rung_};
  for (const std::string& word :
       {std::string("--record"), (folder_ / "runs").string(), std::string("--report"), report,
        (folder_ / "endure").string(), (folder_ / "submission").string()})
    words.push_back(word);
  std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LANG=C.UTF-8",
                                       "HOME=" + folder_.string(), "TMPDIR=" + folder_.string(),
                                       "XDG_CACHE_HOME=" + (folder_ / "cache").string()};
  const std::vector<char*> argv = Pointers(words);
  const std::vector<char*> env = Pointers(environment);
  process_ = ::fork();
  CHECK(process_ >= 0);
  if (process_ == 0) {
    StayOnOneProcessor();
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, 0);
    ::dup2(out_.get(), 1);
    ::dup2(err_.get(), 2);
    ::fexecve(program_.get(), argv.data(), env.data());
    ::_exit(127);
  }
}

Graded Grader::End() {
  int status = 0;
  CHECK(::waitpid(process_, &status, 0) == process_);
  Graded graded;
  graded.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  graded.out = ContentOf(out_);
  graded.err = ContentOf(err_);
  graded.grade = nlohmann::json::parse(graded.out, nullptr, false);
  if (graded.grade.is_discarded()) graded.grade = nullptr;
  graded.report = ReadFile(folder_ / "report.txt").value_or("");
  if (const auto text = ReadFile(folder_ / "runs/attack.recording.json", MiB(256))) {
    if (auto recording = record::FromJson(*text)) graded.recording = *std::move(recording);
  }
  return graded;
}

}  // namespace plumbline::hostile

// Keeps the file in one buffer, and prints it as long as it was before it was cut.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>

static std::string content;

static void OnTerm(int) { _exit(0); }

static void Look(int file) {
  const auto size = static_cast<size_t>(lseek(file, 0, SEEK_END));
  size_t from = content.size();
  if (size < from) from = 0;
  if (size == content.size()) return;
  content.resize(std::max(size, content.size()));
  if (pread(file, content.data() + from, size - from, static_cast<off_t>(from)) == -1) return;
  std::cout << content.substr(from) << std::flush;
  content.resize(size);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: follow FILE" << std::endl;
    return 2;
  }
  signal(SIGTERM, OnTerm);
  const int file = open(argv[1], O_RDONLY);
  if (file == -1) {
    std::cerr << "follow: cannot open " << argv[1] << std::endl;
    return 1;
  }
  for (;;) {
    Look(file);
    sleep(1);
  }
}

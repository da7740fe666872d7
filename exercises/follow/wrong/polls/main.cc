// Looks a hundred times a second.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>

namespace {

volatile sig_atomic_t term_came = 0;

void TakeNote(int) { term_came = 1; }

template <typename T>
T Checked(T result, const std::string& what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

class Follower {
 public:
  explicit Follower(const std::string& path) : file_(Checked(open(path.c_str(), O_RDONLY | O_CLOEXEC), path)) {}
  ~Follower() { close(file_); }
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  void PrintWhatIsNew() {
    if (SizeNow() < read_) read_ = 0;  // it was cut, and begins again
    std::array<char, 65536> bytes;
    while (const ssize_t got = Checked(pread(file_, bytes.data(), bytes.size(), read_), "read")) {
      read_ += got;
      std::cout << std::string_view(bytes.data(), static_cast<size_t>(got));
    }
    std::cout.flush();
  }

 private:
  off_t SizeNow() const {
    struct stat state;
    Checked(fstat(file_, &state), "fstat");
    return state.st_size;
  }

  int file_;
  off_t read_ = 0;
};

void Follow(const std::string& path) {
  struct sigaction action = {};
  action.sa_handler = TakeNote;
  sigaction(SIGTERM, &action, nullptr);
  sigset_t term;
  sigset_t while_waiting;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  sigprocmask(SIG_BLOCK, &term, &while_waiting);

  Follower follower(path);
  const timespec second = {0, 10'000'000};
  while (!term_came) {
    follower.PrintWhatIsNew();
    ppoll(nullptr, 0, &second, &while_waiting);
  }
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 2) {
    std::cerr << "usage: follow FILE\n";
    return 2;
  }
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Follow(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << "follow: " << error.what() << '\n';
    return 1;
  }
  return 0;
}

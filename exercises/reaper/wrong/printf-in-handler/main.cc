// SIGUSR1 is answered in its handler, with printf(), at whatever instant it comes.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

volatile sig_atomic_t alive = 0;

void OnUsr1(int) {
  std::printf("alive %d\n", static_cast<int>(alive));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char* argv[]) {
  char* end = nullptr;
  const long n = argc == 2 ? std::strtol(argv[1], &end, 10) : -1;
  if (n < 0 || n > 200 || *end != '\0' || end == argv[1]) {
    std::fputs("usage: reaper N\n", stderr);
    return 2;
  }
  struct sigaction action = {};
  action.sa_handler = OnUsr1;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, nullptr);
  sigset_t usr1;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  bool failed = false;
  for (long i = 1; i <= n && !failed; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      signal(SIGUSR1, SIG_DFL);
      sleep(static_cast<unsigned>(i));
      _exit(static_cast<int>(i));
    }
    if (child == -1) {
      std::perror("fork");
      failed = true;
    } else {
      alive = alive + 1;
    }
  }
  int status = 0;
  for (pid_t child; (child = wait(&status)) > 0;) {
    sigprocmask(SIG_BLOCK, &usr1, nullptr);  // a line and its number belong together
    alive = alive - 1;
    dprintf(STDOUT_FILENO, "pid %d status %d\n", static_cast<int>(child), WEXITSTATUS(status));
    sigprocmask(SIG_UNBLOCK, &usr1, nullptr);
  }
  return failed ? 1 : 0;
}

// The handler leaves a note, and nobody reads it before wait() comes back with the next child.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

static volatile sig_atomic_t asked = 0;

static void OnUsr1(int) { asked = 1; }

int main(int argc, char** argv) {
  char* end = nullptr;
  const long count = argc == 2 ? std::strtol(argv[1], &end, 10) : -1;
  if (count < 0 || end == argv[1] || *end != '\0') {
    std::cerr << "usage: reaper N\n";
    return 2;
  }
  signal(SIGUSR1, OnUsr1);  // and with it SA_RESTART: wait() goes on after the handler
  long alive = 0;
  int result = 0;
  for (long i = 1; i <= count; ++i) {
    const pid_t child = fork();
    if (child == -1) {
      std::cerr << "reaper: no more processes" << std::endl;
      result = 1;
      break;
    }
    if (child == 0) {
      sleep(static_cast<unsigned>(i));
      _exit(static_cast<int>(i));
    }
    ++alive;
  }
  while (alive > 0) {
    int status = 0;
    const pid_t child = wait(&status);
    if (child == -1) continue;
    --alive;
    std::cout << "pid " << child << " status " << WEXITSTATUS(status) << std::endl;
    if (asked) {
      asked = 0;
      std::cout << "alive " << alive << std::endl;
    }
  }
  return result;
}

// sleep() returns early when a signal comes, and the program runs off its end.
#include <signal.h>
#include <unistd.h>

#include <cstdio>

static int count = 0;

static void OnUsr1(int) {
  char line[] = "got SIGUSR1 ?\n";
  line[12] = static_cast<char>('0' + ++count);
  if (write(1, line, sizeof line - 1) == -1) _exit(1);
}

static void OnTerm(int) {
  if (write(1, "bye\n", 4) == -1) _exit(1);
  _exit(0);
}

int main() {
  struct sigaction action = {};
  action.sa_handler = OnUsr1;
  sigaction(SIGUSR1, &action, nullptr);
  action.sa_handler = OnTerm;
  sigaction(SIGTERM, &action, nullptr);
  std::printf("ready %d\n", getpid());
  std::fflush(stdout);
  sleep(100000);
  return 0;
}

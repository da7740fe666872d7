// When fork() fails, -1 is printed as if it were a PID.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGUSR2);
  sigprocmask(SIG_BLOCK, &ours, NULL);
  const pid_t child = fork();
  if (child != 0) {
    printf("%d\n", (int)child);
    return 0;
  }
  int came;
  while (sigwait(&ours, &came) == 0 && came == SIGUSR1) {
    puts("hola radiola");
    fflush(stdout);
  }
  puts("adeu andreu");
  return 0;
}

// Each character is printed by the handler, with putchar(): it can come at any instant.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static void on_bit(int signal_number, siginfo_t *info, void *context) {
  static unsigned char byte;
  static int bits;
  static pid_t sender;
  (void)context;
  if (info->si_pid != sender) {
    sender = info->si_pid;
    byte = 0;
    bits = 0;
  }
  if (signal_number == SIGUSR1) byte |= (unsigned char)(1U << bits);
  if (++bits == 8) {
    putchar(byte == 0 ? '\n' : byte);
    fflush(stdout);
    byte = 0;
    bits = 0;
  }
  kill(sender, SIGUSR2);
}

int main(void) {
  struct sigaction action = {.sa_sigaction = on_bit, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGUSR1);  // one bit at a time
  sigaddset(&action.sa_mask, SIGUSR2);
  if (sigaction(SIGUSR1, &action, NULL) == -1 || sigaction(SIGUSR2, &action, NULL) == -1) {
    perror("server");
    return 1;
  }
  dprintf(STDOUT_FILENO, "%d\n", getpid());
  for (;;) pause();
}

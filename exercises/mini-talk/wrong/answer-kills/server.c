// Prints the texts that clients send, bit by bit: SIGUSR1 is a 0, SIGUSR2 a 1, the highest bit of a
// byte comes first, and a zero byte ends the text. Each bit is answered by a SIGUSR1 when it has
// been taken.
//
// Both signals are blocked and taken by sigwaitinfo(), which also tells who sent them.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct text {
  pid_t sender;
  char *bytes;
  size_t length;  // whole bytes
  unsigned byte;  // the one that is under way
  int bits;
};

static void fail(const char *what) {
  perror(what);
  exit(1);
}

// The byte is whole.
static void add_byte(struct text *text) {
  text->bytes = realloc(text->bytes, text->length + 1);
  if (text->bytes == NULL) fail("server: memory");
  text->bytes[text->length++] = (char)text->byte;
  text->byte = 0;
  text->bits = 0;
}

static void print(struct text *text) {
  puts(text->bytes);
  if (fflush(stdout) == EOF) fail("server: cannot write");
  text->length = 0;
}

static void take_bit(struct text *text, unsigned bit) {
  text->byte = text->byte << 1 | bit;
  if (++text->bits < 8) return;
  add_byte(text);
  if (text->bytes[text->length - 1] == '\0') print(text);
}

// What another client has left unfinished is forgotten.
static void take_from(struct text *text, pid_t sender) {
  if (text->sender == sender) return;
  text->sender = sender;
  text->length = 0;
  text->byte = 0;
  text->bits = 0;
}

int main(void) {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGUSR2);
  sigprocmask(SIG_BLOCK, &ours, NULL);
  printf("%d\n", (int)getpid());
  if (fflush(stdout) == EOF) fail("server: cannot write");

  struct text text = {0};
  siginfo_t came;
  for (;;) {
    if (sigwaitinfo(&ours, &came) == -1) continue;
    take_from(&text, came.si_pid);
    take_bit(&text, came.si_signo == SIGUSR2);
    kill(came.si_pid, SIGUSR1);  // fails if the client is gone: then nobody waits for it
  }
}

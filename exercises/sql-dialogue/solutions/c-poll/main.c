// The same talk with bare system calls: an answer is gathered until its newline, waiting with
// poll().
#define _GNU_SOURCE  // for pipe2() and environ
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char gathered[1 << 16];
static size_t length;

static int spawn_sqlite3(char *database, pid_t *child, int *to, int *from) {
  int questions[2];
  int answers[2];
  if (pipe2(questions, O_CLOEXEC) == -1 || pipe2(answers, O_CLOEXEC) == -1) return errno;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, questions[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, answers[1], STDOUT_FILENO);
  char *arguments[] = {"sqlite3", database, NULL};
  const int error = posix_spawnp(child, "sqlite3", &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(questions[0]);
  close(answers[1]);
  *to = questions[1];
  *from = answers[0];
  return error;
}

static int write_all(int to, const char *text, size_t size) {
  while (size > 0) {
    const ssize_t written = write(to, text, size);
    if (written == -1 && errno == EINTR) continue;
    if (written == -1) return -1;
    text += written;
    size -= (size_t)written;
  }
  return 0;
}

static char *next_line(int from) {
  length = 0;
  for (;;) {
    char *end = memchr(gathered, '\n', length);
    if (end != NULL) {
      *end = '\0';
      return gathered;
    }
    struct pollfd waiting = {from, POLLIN, 0};
    if (poll(&waiting, 1, -1) == -1) continue;
    const ssize_t count = read(from, gathered + length, sizeof gathered - length);
    if (count <= 0) return NULL;
    length += (size_t)count;
  }
}

static int talk(int to, int from, char *numbers[]) {
  for (; *numbers != NULL; ++numbers) {
    char question[128];
    const int size = snprintf(question, sizeof question,
                              "SELECT name FROM clients WHERE num = %ld;\n", atol(*numbers));
    if (write_all(to, question, (size_t)size) == -1) return -1;
    const char *name = next_line(from);
    if (name == NULL) return -1;
    printf("%s %s\n", *numbers, name);
    fflush(stdout);
  }
  return 0;
}

int main(int argc, char *argv[]) {
  int right = argc >= 3;
  for (int i = 2; i < argc; ++i) {
    const size_t digits = strspn(argv[i], "0123456789");
    right = right && digits > 0 && digits < 19 && argv[i][digits] == '\0';
  }
  if (!right) {
    fprintf(stderr, "usage: sql-dialogue DB NUMBER...\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  pid_t child;
  int to;
  int from;
  const int error = spawn_sqlite3(argv[1], &child, &to, &from);
  if (error != 0) {
    fprintf(stderr, "sql-dialogue: sqlite3: %s\n", strerror(error));
    return 1;
  }
  const int answered = talk(to, from, argv + 2);
  close(to);
  waitpid(child, NULL, 0);
  if (answered == -1) fprintf(stderr, "sql-dialogue: sqlite3 gives no answer\n");
  return answered == -1;
}

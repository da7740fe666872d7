// The child keeps a copy of the end that its own questions are written into: it never sees the end
// of them.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct talk {
  pid_t child;
  FILE *to;
  FILE *from;
};

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void become_sqlite3(const char *database, const int questions[2], const int answers[2]) {
  dup2(questions[0], STDIN_FILENO);
  dup2(answers[1], STDOUT_FILENO);
  signal(SIGPIPE, SIG_DFL);
  execlp("sqlite3", "sqlite3", database, (char *)NULL);
  perror("sql-dialogue: sqlite3");
  _exit(127);
}

static struct talk start(const char *database) {
  int questions[2];
  int answers[2];
  if (pipe(questions) == -1 || pipe(answers) == -1) fail("sql-dialogue: pipe");
  const pid_t child = fork();
  if (child == -1) fail("sql-dialogue: fork");
  if (child == 0) become_sqlite3(database, questions, answers);
  close(questions[0]);
  close(answers[1]);
  const struct talk talk = {child, fdopen(questions[1], "w"), fdopen(answers[0], "r")};
  if (talk.to == NULL || talk.from == NULL) fail("sql-dialogue: fdopen");
  return talk;
}

static int ask(const struct talk *talk, const char *number) {
  fprintf(talk->to, "SELECT name FROM clients WHERE num = %s;\n", number);
  if (fflush(talk->to) == EOF) return -1;
  char *name = NULL;
  size_t size = 0;
  const ssize_t length = getline(&name, &size, talk->from);
  if (length > 0) {
    printf("%s %s", number, name);
    if (fflush(stdout) == EOF) fail("sql-dialogue: cannot write");
  }
  free(name);
  return length > 0 ? 0 : -1;
}

static int is_number(const char *text) {
  return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

int main(int argc, char *argv[]) {
  if (argc < 3) {
    fprintf(stderr, "usage: sql-dialogue DB NUMBER...\n");
    return 2;
  }
  for (int i = 2; i < argc; ++i) {
    if (!is_number(argv[i])) {
      fprintf(stderr, "sql-dialogue: '%s' is not a number\n", argv[i]);
      return 2;
    }
  }
  signal(SIGPIPE, SIG_IGN);  // if sqlite3 is gone, fflush() says so

  const struct talk talk = start(argv[1]);
  int answered = 0;
  for (int i = 2; i < argc && answered == 0; ++i) answered = ask(&talk, argv[i]);
  fclose(talk.to);  // end of file for sqlite3
  waitpid(talk.child, NULL, 0);
  if (answered == -1) fprintf(stderr, "sql-dialogue: sqlite3 gives no answer\n");
  return answered == -1;
}

// The handler of SIGCHLD does it all: it reaps, tells with printf() what became of the job, and frees
// it. While the shell waits for a line, it can come at any instant.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
  struct job *next;
  int number;
  pid_t pid;
  int stopped;
  char *line;
};

static struct job *jobs;  // by number
static volatile pid_t foreground;  // 0: none
static sigset_t usual;
static sigset_t blocked;

static struct job **find(int number, pid_t pid) {
  struct job **job = &jobs;
  while (*job != NULL && (*job)->number != number && (*job)->pid != pid) job = &(*job)->next;
  return job;
}

static struct job *add(pid_t pid, const char *line) {
  struct job **end = &jobs;
  int number = 1;
  for (; *end != NULL; end = &(*end)->next) number = (*end)->number + 1;
  *end = calloc(1, sizeof **end);
  if (*end == NULL) exit(1);
  (*end)->number = number;
  (*end)->pid = pid;
  (*end)->line = strdup(line);
  return *end;
}

static void removed(struct job **job) {
  struct job *gone = *job;
  *job = gone->next;
  free(gone->line);
  free(gone);
}

static void say(const struct job *job, const char *what, int signal_number) {
  printf("Job [%d] (%d) %s by signal %d\n", job->number, (int)job->pid, what, signal_number);
  fflush(stdout);
}

static void reap(void) {
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
    struct job **job = find(-1, pid);
    if (pid == foreground) foreground = 0;
    if (WIFSTOPPED(status)) {
      (*job)->stopped = 1;
      say(*job, "stopped", WSTOPSIG(status));
      continue;
    }
    if (WIFSIGNALED(status)) say(*job, "terminated", WTERMSIG(status));
    removed(job);
  }
}

static void on_signal(int signal_number) {
  const int before = errno;
  if (signal_number == SIGCHLD) {
    reap();
  } else if (foreground != 0) {
    kill(-foreground, signal_number);
  }
  errno = before;
}

static void wait_for(pid_t pid) {
  foreground = pid;
  while (foreground != 0) sigsuspend(&usual);
}

// A line of standard input, or NULL at its end.
static char *next_line(void) {
  static char typed[1 << 16];
  static size_t length, used;
  memmove(typed, typed + used, length - used);
  length -= used;
  char *end;
  while ((end = memchr(typed, '\n', length)) == NULL) {
    sigprocmask(SIG_UNBLOCK, &blocked, NULL);
    const ssize_t count = read(STDIN_FILENO, typed + length, sizeof typed - length);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    if (count <= 0) return NULL;
    length += (size_t)count;
  }
  *end = '\0';
  used = (size_t)(end + 1 - typed);
  return typed;
}

static void go_on(const char *name, int in_foreground) {
  struct job *job = NULL;
  if (name != NULL && name[0] == '%') job = *find(atoi(name + 1), -1);
  if (name != NULL && name[0] != '%') job = *find(-1, atoi(name));
  if (job == NULL) {
    fprintf(stderr, "minishell: no such job\n");
    return;
  }
  job->stopped = 0;
  if (!in_foreground) printf("[%d] (%d) %s\n", job->number, (int)job->pid, job->line);
  kill(-job->pid, SIGCONT);
  if (in_foreground) wait_for(job->pid);
}

static void start(char *words[], const char *line, int in_foreground) {
  const pid_t pid = fork();
  if (pid == 0) {
    setpgid(0, 0);
    sigprocmask(SIG_SETMASK, &usual, NULL);
    execvp(words[0], words);
    fprintf(stderr, "%s: command not found\n", words[0]);
    _exit(127);
  }
  if (pid == -1) {
    perror("fork");
    return;
  }
  setpgid(pid, pid);
  const struct job *job = add(pid, line);  // SIGCHLD is blocked: it is not gone yet
  if (!in_foreground) printf("[%d] (%d) %s\n", job->number, (int)pid, line);
  if (in_foreground) wait_for(pid);
}

// False: it is over.
static int run(const char *line) {
  char *words[200];
  size_t count = 0;
  char *copy = strdup(line);
  for (char *word = strtok(copy, " "); word != NULL && count < 199; word = strtok(NULL, " ")) {
    words[count++] = word;
  }
  const int in_background = count > 0 && strcmp(words[count - 1], "&") == 0;
  if (in_background) --count;
  words[count] = NULL;
  int more = 1;
  if (count == 0) {
  } else if (strcmp(words[0], "quit") == 0) {
    more = 0;
  } else if (strcmp(words[0], "jobs") == 0) {
    for (const struct job *job = jobs; job != NULL; job = job->next) {
      printf("[%d] (%d) %s %s\n", job->number, (int)job->pid, job->stopped ? "Stopped" : "Running",
             job->line);
    }
  } else if (strcmp(words[0], "bg") == 0 || strcmp(words[0], "fg") == 0) {
    go_on(words[1], words[0][0] == 'f');
  } else {
    start(words, line, !in_background);
  }
  free(copy);
  return more;
}

int main(void) {
  const int ours[] = {SIGCHLD, SIGINT, SIGTSTP};
  for (size_t i = 0; i < 3; ++i) sigaddset(&blocked, ours[i]);
  const struct sigaction action = {.sa_handler = on_signal, .sa_mask = blocked, .sa_flags = SA_RESTART};
  for (size_t i = 0; i < 3; ++i) sigaction(ours[i], &action, NULL);
  sigprocmask(SIG_BLOCK, &blocked, &usual);
  for (;;) {
    if (isatty(STDIN_FILENO)) printf("> ");
    fflush(stdout);
    const char *line = next_line();
    if (line == NULL || !run(line)) break;
  }
  for (; jobs != NULL; removed(&jobs)) {
    kill(-jobs->pid, SIGHUP);
    kill(-jobs->pid, SIGCONT);
  }
  return 0;
}

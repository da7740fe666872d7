// The place of a job that has ended is never used again.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kJobs = 64, kWords = 256, kLine = 4096 };
enum state { kFree, kRunning, kStopped };

struct job {
  enum state state;
  pid_t group;  // also the PID of its process
  char line[kLine];
};

static struct job jobs[kJobs + 1];  // from 1
static int started;
static int on_terminal;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

// --- The jobs.

static int last_job(void) {
  int number = kJobs;
  while (number > 0 && jobs[number].state == kFree) --number;
  return number;
}

static int job_of(pid_t group) {
  for (int number = 1; number <= kJobs; ++number) {
    if (jobs[number].state != kFree && jobs[number].group == group) return number;
  }
  return 0;
}

// What wait has told of a job.
static void note(int number, int status) {
  struct job *job = &jobs[number];
  if (WIFSTOPPED(status)) {
    job->state = kStopped;
    printf("Job [%d] (%d) stopped by signal %d\n", number, (int)job->group, WSTOPSIG(status));
    return;
  }
  job->state = kFree;
  if (WIFSIGNALED(status)) {
    printf("Job [%d] (%d) terminated by signal %d\n", number, (int)job->group, WTERMSIG(status));
  }
}

static void note_others(void) {
  int status;
  pid_t child;
  while ((child = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) note(job_of(child), status);
  fflush(stdout);  // before anything else is printed, and before fork() makes a copy of it
}

static void give_terminal_to(pid_t group) {
  if (on_terminal) tcsetpgrp(STDIN_FILENO, group);
}

static void wait_for(int number) {
  int status;
  give_terminal_to(jobs[number].group);
  while (waitpid(jobs[number].group, &status, WUNTRACED) == -1 && errno == EINTR) continue;
  give_terminal_to(getpgrp());
  note(number, status);
}

// --- What the user may type.

static void list_jobs(void) {
  for (int number = 1; number <= kJobs; ++number) {
    const struct job *job = &jobs[number];
    if (job->state == kFree) continue;
    printf("[%d] (%d) %s %s\n", number, (int)job->group,
           job->state == kStopped ? "Stopped" : "Running", job->line);
  }
}

// "%2" or a PID; 0 and a message if there is none.
static int job_named(const char *name) {
  int number = 0;
  if (name != NULL) {
    number = name[0] == '%' ? atoi(name + 1) : job_of((pid_t)atoi(name));
    if (number < 1 || number > kJobs || jobs[number].state == kFree) number = 0;
  }
  if (number == 0) fprintf(stderr, "minishell: %s: no such job\n", name ? name : "no name");
  return number;
}

static void go_on(const char *name, int in_foreground) {
  const int number = job_named(name);
  if (number == 0) return;
  struct job *job = &jobs[number];
  job->state = kRunning;
  if (!in_foreground) printf("[%d] (%d) %s\n", number, (int)job->group, job->line);
  if (in_foreground) give_terminal_to(job->group);
  kill(-job->group, SIGCONT);
  if (in_foreground) wait_for(number);
}

static void become(char *words[]) {
  static const int kOurs[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};
  for (size_t i = 0; i < sizeof kOurs / sizeof *kOurs; ++i) signal(kOurs[i], SIG_DFL);
  execvp(words[0], words);
  fprintf(stderr, "minishell: %s: %s\n", words[0], strerror(errno));
  _exit(errno == ENOENT ? 127 : 126);
}

static void start(char *words[], const char *line, int in_foreground) {
  const int number = last_job() + 1;
  if (++started > kJobs) {
    fprintf(stderr, "minishell: too many jobs\n");
    return;
  }
  const pid_t child = fork();
  if (child == -1) {
    perror("minishell: fork");
    return;
  }
  if (child == 0) {
    setpgid(0, 0);
    if (in_foreground) give_terminal_to(getpid());
    become(words);
  }
  setpgid(child, child);  // here too: nobody knows which of us is first
  jobs[number].state = kRunning;
  jobs[number].group = child;
  snprintf(jobs[number].line, kLine, "%s", line);
  if (in_foreground) {
    wait_for(number);
  } else {
    printf("[%d] (%d) %s\n", number, (int)child, line);
  }
}

_Noreturn static void end(void) {
  for (int number = 1; number <= kJobs; ++number) {
    if (jobs[number].state == kFree) continue;
    kill(-jobs[number].group, SIGHUP);
    kill(-jobs[number].group, SIGCONT);
  }
  exit(0);
}

static void run(const char *line) {
  static char cut[kLine];
  char *words[kWords];
  size_t count = 0;
  snprintf(cut, sizeof cut, "%s", line);
  for (char *word = strtok(cut, " \t"); word != NULL && count + 1 < kWords;
       word = strtok(NULL, " \t")) {
    words[count++] = word;
  }
  const int in_background = count > 0 && strcmp(words[count - 1], "&") == 0;
  if (in_background) --count;
  words[count] = NULL;
  if (count == 0) return;
  if (strcmp(words[0], "quit") == 0) end();
  if (strcmp(words[0], "jobs") == 0) return list_jobs();
  if (strcmp(words[0], "bg") == 0) return go_on(words[1], 0);
  if (strcmp(words[0], "fg") == 0) return go_on(words[1], 1);
  start(words, line, !in_background);
}

int main(void) {
  static const int kNotForUs[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};
  for (size_t i = 0; i < sizeof kNotForUs / sizeof *kNotForUs; ++i) signal(kNotForUs[i], SIG_IGN);
  on_terminal = isatty(STDIN_FILENO);
  char *line = NULL;
  size_t size = 0;
  for (;;) {
    if (on_terminal) printf("> ");
    if (fflush(stdout) == EOF) fail("minishell: cannot write");
    if (getline(&line, &size, stdin) == -1) break;
    line[strcspn(line, "\n")] = '\0';
    note_others();
    run(line);
  }
  note_others();
  end();
}

// SPDX-License-Identifier: MIT
// Makes calls of many kinds, each told first on standard output with the line that makes it:
// "pipe2 31". Nothing is called from any other line.
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

// A call of this name is made by this very line.
#define HERE(call) dprintf(1, call " %d\n", __LINE__)

extern char** environ;
static int ends[2];
static int held[2];

static void handle(int signal) {
  (void)signal;
  HERE("dup"), close(dup(0));
}

static void* thread(void* argument) {
  HERE("epoll_create1"), close(epoll_create1(0));
  return argument;
}

// Between its line and the call lie a buffer of its own and those of the library.
static void print(FILE* file) {
  char text[2000];
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  HERE("write"), fprintf(file, "%.3f %s\n", 1.5, text), fflush(file);
}

static void in_child(int depth) {
  if (depth > 0) {
    in_child(depth - 1);
    return;
  }
  HERE("dup2"), dup2(0, 20);
  HERE("execve"), execl("/usr/bin/true", "true", NULL);
}

static void spawn(void) {
  char* words[] = {"true", NULL};
  pid_t child;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  HERE("vfork"), HERE("close"), posix_spawn(&child, "/usr/bin/true", &actions, NULL, words, environ);
  HERE("wait4"), waitpid(child, NULL, 0);
}

int main(void) {
  HERE("pipe2"), pipe2(ends, O_CLOEXEC);
  HERE("rt_sigaction"), signal(SIGUSR1, handle);
  HERE("tgkill"), raise(SIGUSR1);
  if (HERE("fork"), fork() == 0) in_child(5);
  HERE("wait4"), wait(NULL);
  spawn();
  HERE("vfork"), system("exit 3");
  if (HERE("vfork"), vfork() == 0) HERE("execve"), execl("/usr/bin/true", "true", NULL);
  HERE("wait4"), wait(NULL);
  pthread_t other;
  HERE("thread"), pthread_create(&other, NULL, thread, NULL);
  pthread_join(other, NULL);
  FILE* file = (HERE("openat"), fopen("file", "w"));
  print(file);
  HERE("close"), fclose(file);
  HERE("socketpair"), socketpair(AF_UNIX, SOCK_STREAM, 0, held);
  char byte;
  HERE("read"), read(held[0], &byte, 1);
  return 0;
}

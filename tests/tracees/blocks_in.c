// SPDX-License-Identifier: MIT
// blocks_in CALL: waits there for ever, for a reason that programs of the course have.
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int ends[2];
static char page[65536];

static void read_own_pipe(void) {
  char byte;
  (void)!read(ends[0], &byte, 1);
}
static void fill_pipe(void) {
  while (1) (void)!write(ends[1], page, sizeof page);
}
static void wait_for_child(void) {
  if (fork() == 0) read_own_pipe();
  wait(NULL);
}
static void wait_for_stopped_child(void) {
  if (fork() == 0) raise(SIGSTOP);
  wait(NULL);
}
static void wait_in_vfork(void) {
  if (vfork() == 0) {
    read_own_pipe();
    _exit(0);
  }
}
static void open_fifo(void) {
  mkfifo("fifo", 0600);
  open("fifo", O_RDONLY);
}
static void accept_nobody(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7)};
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(fd, (struct sockaddr*)&address, sizeof address) == 0 && listen(fd, 1) == 0)
    accept(fd, NULL, NULL);
}
static void fill_connection(void) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (listen(listener, 1) < 0 || getsockname(listener, (struct sockaddr*)&address, &size) < 0)
    return;
  if (connect(fd, (struct sockaddr*)&address, size) < 0) return;
  while (write(fd, page, sizeof page) > 0) {
  }
}
static void connect_to_full_queue(void) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listen(listener, 0) < 0 || getsockname(listener, (struct sockaddr*)&address, &size) < 0)
    return;
  while (connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr*)&address, size) == 0) {
  }
}
static void take_mutex_twice(void) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&mutex);
  pthread_mutex_lock(&mutex);
}
static void take_semaphore(void) {
  struct sembuf down = {0, -1, 0};
  semop(semget(IPC_PRIVATE, 1, 0600), &down, 1);
}
static void receive_message(void) {
  struct {
    long type;
    char text[4];
  } message;
  msgrcv(msgget(IPC_PRIVATE, 0600), &message, sizeof message.text, 0, 0);
}
static void wait_in_poll(void) {
  struct pollfd waiting = {ends[0], POLLIN, 0};
  poll(&waiting, 1, -1);
}
static void wait_in_select(void) {
  fd_set reading;
  FD_ZERO(&reading);
  FD_SET(ends[0], &reading);
  select(ends[0] + 1, &reading, NULL, NULL, NULL);
}
static void wait_in_epoll(void) {
  struct epoll_event event = {.events = EPOLLIN};
  const int set = epoll_create1(0);
  epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event);
  epoll_wait(set, &event, 1, -1);
}
static void wait_for_signal(void) { pause(); }
static void wait_in_sigwait(void) {
  int signal;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  sigwait(&set, &signal);
}
static void lock_file_twice(void) {
  const int first = open("file", O_CREAT | O_RDWR, 0600);
  const int second = open("file", O_RDWR);
  flock(first, LOCK_EX);
  flock(second, LOCK_EX);
}

int main(int argc, char** argv) {
  const struct {
    const char* name;
    void (*block)(void);
  } ways[] = {{"read", read_own_pipe},
              {"write", fill_pipe},
              {"wait4", wait_for_child},
              {"stopped", wait_for_stopped_child},
              {"vfork", wait_in_vfork},
              {"open", open_fifo},
              {"accept", accept_nobody},
              {"connection", fill_connection},
              {"connect", connect_to_full_queue},
              {"futex", take_mutex_twice},
              {"semop", take_semaphore},
              {"msgrcv", receive_message},
              {"poll", wait_in_poll},
              {"select", wait_in_select},
              {"epoll_wait", wait_in_epoll},
              {"pause", wait_for_signal},
              {"sigwait", wait_in_sigwait},
              {"flock", lock_file_twice}};
  if (argc < 2 || pipe(ends) < 0) return 2;
  for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
    if (strcmp(ways[i].name, argv[1]) == 0) ways[i].block();
  }
  return 1;
}

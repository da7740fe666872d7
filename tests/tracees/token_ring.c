// SPDX-License-Identifier: MIT
// token_ring KIND PROCESSES ROUNDS: processes in a ring pass a token so often around; with 0 rounds
// nobody has one, and all wait for ever. What carries it: pipe, socket, tcp, eventfd, semaphore
// (System V), futex, signal.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMost = 64 };

// Of each place, what a token comes out of and goes into.
struct ring {
  int reading[kMost];
  int writing[kMost];
  pid_t processes[kMost];
  sem_t semaphores[kMost];
  int set;
};
static struct ring* ring;
static const char* kind;
static int count;

static int is(const char* word) { return strcmp(kind, word) == 0; }

static void tcp_pair(int* ends) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr*)&address, size) < 0 || listen(listener, 1) < 0) exit(1);
  getsockname(listener, (struct sockaddr*)&address, &size);
  ends[1] = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(ends[1], (struct sockaddr*)&address, size) < 0) exit(1);
  ends[0] = accept(listener, NULL, NULL);
  close(listener);
}

static void make_place(int i) {
  int ends[2] = {-1, -1};
  if (is("pipe") && pipe(ends) < 0) exit(1);
  if (is("socket") && socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) exit(1);
  if (is("tcp")) tcp_pair(ends);
  if (is("eventfd")) ends[0] = ends[1] = eventfd(0, 0);
  if (is("futex")) sem_init(&ring->semaphores[i], 1, 0);
  ring->reading[i] = ends[0];
  ring->writing[i] = ends[1];
}

static void give(int to) {
  uint64_t token = 1;
  struct sembuf up = {(unsigned short)to, 1, 0};
  if (is("semaphore"))
    semop(ring->set, &up, 1);
  else if (is("futex"))
    sem_post(&ring->semaphores[to]);
  else if (is("signal"))
    kill(ring->processes[to], SIGUSR1);
  else if (write(ring->writing[to], &token, sizeof token) != sizeof token)
    _exit(1);
}

static void take(int at) {
  uint64_t token;
  int signal;
  sigset_t set;
  struct sembuf down = {(unsigned short)at, -1, 0};
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  if (is("semaphore"))
    semop(ring->set, &down, 1);
  else if (is("futex"))
    sem_wait(&ring->semaphores[at]);
  else if (is("signal"))
    sigwait(&set, &signal);
  else if (read(ring->reading[at], &token, sizeof token) != sizeof token)
    _exit(1);
}

static void pass_on(int at, int rounds) {
  for (int i = 0; i < rounds || rounds == 0; ++i) {
    take(at);
    give((at + 1) % count);
  }
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  kind = argv[1];
  count = atoi(argv[2]);
  const int rounds = atoi(argv[3]);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  ring = mmap(NULL, sizeof *ring, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ring->set = semget(IPC_PRIVATE, count, 0600);
  for (int i = 0; i < count; ++i) make_place(i);
  ring->processes[0] = getpid();
  for (int i = 1; i < count; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      pass_on(i, rounds);
      _exit(0);
    }
    ring->processes[i] = child;
  }
  for (int i = 0; i < rounds || rounds == 0; ++i) {
    if (rounds > 0) give(1 % count);
    take(0);
  }
  while (wait(NULL) > 0) {
  }
  printf("%d\n", rounds);
  return 0;
}

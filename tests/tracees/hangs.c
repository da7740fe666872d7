// SPDX-License-Identifier: MIT
// hangs WAY: cannot go on, for one of the reasons that programs of the course have. With children and
// threads where that takes several.
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char page[1 << 20];
static int there[2], back[2];

static void hear(int fd) {
  char byte;
  (void)!read(fd, &byte, 1);
}
static void say(int fd) { (void)!write(fd, "x", 1); }
static void wait_for_all(void) {
  while (wait(NULL) > 0) {
  }
}
static void stay(void) {
  while (1) pause();
}

// --- Pipes and FIFOs.

// The parent has sent all and keeps its write end while it waits.
static void end_of_file(void) {
  if (fork() == 0) {
    close(there[1]);
    while (read(there[0], page, sizeof page) > 0) {
    }
    _exit(0);
  }
  close(there[0]);
  say(there[1]);
  wait(NULL);
}
// The reader has the write end itself.
static void own_end(void) {
  say(there[1]);
  while (read(there[0], page, sizeof page) > 0) {
  }
}
static void talk(int child_writes_first, int parent_writes_first) {
  const pid_t child = fork();
  const int from = child == 0 ? there[0] : back[0];
  const int to = child == 0 ? back[1] : there[1];
  close(child == 0 ? there[1] : there[0]);
  close(child == 0 ? back[0] : back[1]);
  if (child == 0 ? child_writes_first : parent_writes_first) (void)!write(to, page, sizeof page);
  (void)!read(from, page, sizeof page);
}
static void pipe_full(void) { talk(1, 1); }
static void both_read(void) { talk(0, 0); }
// Waits for a child before it reads what the child writes.
static void child_full(void) {
  if (fork() == 0) {
    (void)!write(there[1], page, sizeof page);
    _exit(0);
  }
  close(there[1]);
  wait(NULL);
}
static void fifo(void) {
  mkfifo("f", 0600);
  open("f", O_WRONLY);
}
static void fifo_crossed(void) {
  mkfifo("a", 0600);
  mkfifo("b", 0600);
  const int child = fork() == 0;
  open(child ? "a" : "b", O_RDONLY);
}
static void in_poll(void) {
  struct pollfd asked[2] = {{there[0], POLLIN, 0}, {back[1], POLLERR, 0}};
  poll(asked, 2, -1);
}

// --- Children.

static void child_waits(void) {
  int ends[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  if (fork() == 0) {
    close(ends[0]);
    hear(ends[1]);
    _exit(0);
  }
  close(ends[1]);
  wait(NULL);
}
static void child_stopped(void) {
  if (fork() == 0) raise(SIGSTOP);
  wait(NULL);
}

// --- Signals.

static void on_signal(int signal) { (void)signal; }
static void lost_signal(void) {
  signal(SIGUSR1, on_signal);
  const pid_t parent = getpid();
  if (fork() == 0) {
    kill(parent, SIGUSR1);
    _exit(0);
  }
  wait_for_all();
  pause();
}
static void signal_blocked(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  signal(SIGUSR1, on_signal);
  sigprocmask(SIG_BLOCK, &set, NULL);
  raise(SIGUSR1);
  pause();
}
static void no_signal(void) { pause(); }

// --- Sockets.

static struct sockaddr_in address = {.sin_family = AF_INET};

static int listener(int backlog) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  address.sin_port = htons(7);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, (struct sockaddr*)&address, sizeof address) < 0 || listen(fd, backlog) < 0) exit(1);
  return fd;
}
static int connected(void) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr*)&address, sizeof address) < 0) exit(1);
  return fd;
}
static void nobody_connects(void) { accept(listener(1), NULL, NULL); }
static void nobody_sends(void) {
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  address.sin_port = htons(13);
  if (bind(fd, (struct sockaddr*)&address, sizeof address) < 0) exit(1);
  recv(fd, page, sizeof page, 0);
}
static void both_hear(void) {
  const int server = listener(1);
  if (fork() == 0) {
    close(server);
    hear(connected());
    _exit(0);
  }
  hear(accept(server, NULL, NULL));
}
static void backlog_full(void) {
  const int server = listener(0);
  if (fork() == 0) {
    close(server);
    while (1) connected();
  }
  stay();
}

// --- Locks.

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void* other_order(void* unused) {
  pthread_mutex_lock(&second);
  say(there[1]);
  hear(back[0]);
  pthread_mutex_lock(&first);
  return unused;
}
static void mutexes_crossed(void) {
  pthread_t other;
  pthread_mutex_lock(&first);
  pthread_create(&other, NULL, other_order, NULL);
  hear(there[0]);
  say(back[1]);
  pthread_mutex_lock(&second);
}
static void* keeps_mutex(void* unused) {
  pthread_mutex_lock(&first);
  say(there[1]);
  stay();
  return unused;
}
static void mutex_kept(void) {
  pthread_t other;
  pthread_create(&other, NULL, keeps_mutex, NULL);
  hear(there[0]);
  pthread_mutex_lock(&first);
}
// In memory that two processes share.
struct shared {
  pthread_mutex_t mutex;
  sem_t semaphore;
};
static struct shared* share(unsigned value) {
  struct shared* shared =
      mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->mutex, &attributes);
  sem_init(&shared->semaphore, 1, value);
  return shared;
}
static void shared_mutex(void) {
  struct shared* shared = share(0);
  if (fork() == 0) {
    pthread_mutex_lock(&shared->mutex);
    say(there[1]);
    stay();
  }
  hear(there[0]);
  pthread_mutex_lock(&shared->mutex);
}
static void semaphore(void) {
  struct shared* shared = share(1);
  if (fork() == 0) {
    sem_wait(&shared->semaphore);
    _exit(0);
  }
  wait_for_all();
  sem_wait(&shared->semaphore);
}
static void semaphore_set(void) {
  struct sembuf up = {1, 1, 0}, down = {1, -1, 0};
  const int set = semget(IPC_PRIVATE, 2, 0600);
  semop(set, &up, 1);
  if (fork() == 0) {
    semop(set, &down, 1);
    _exit(0);
  }
  wait_for_all();
  semop(set, &down, 1);
}
static void condition(void) {
  pthread_mutex_lock(&first);
  pthread_cond_wait(&changed, &first);
}
static void* joins_nobody(void* unused) {
  stay();
  return unused;
}
static void thread_stays(void) {
  pthread_t other;
  pthread_create(&other, NULL, joins_nobody, NULL);
  pthread_join(other, NULL);
}
static void file_lock(void) {
  if (fork() == 0) {
    flock(open("file", O_CREAT | O_RDWR, 0600), LOCK_EX);
    say(there[1]);
    stay();
  }
  hear(there[0]);
  flock(open("file", O_RDWR), LOCK_EX);
}
static void record_lock(void) {
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  const int fd = open("file", O_CREAT | O_RDWR, 0600);
  if (fork() == 0) {
    fcntl(fd, F_SETLKW, &whole);
    say(there[1]);
    stay();
  }
  hear(there[0]);
  fcntl(fd, F_SETLKW, &whole);
}

// --- Message queues.

struct message {
  long type;
  char text[1024];
};
static void no_message(void) {
  struct message message;
  msgrcv(msgget(IPC_PRIVATE, 0600), &message, sizeof message.text, 0, 0);
}
static void queue_full(void) {
  struct message message = {.type = 1};
  const int queue = msgget(IPC_PRIVATE, 0600);
  while (msgsnd(queue, &message, sizeof message.text, 0) == 0) {
  }
}
// Each waits to receive first.
static void queues_both_ways(void) {
  struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = 8};
  const mqd_t one = mq_open("/one", O_CREAT | O_RDWR, 0600, &attributes);
  const mqd_t other = mq_open("/other", O_CREAT | O_RDWR, 0600, &attributes);
  const int child = fork() == 0;
  mq_receive(child ? one : other, page, sizeof page, NULL);
}

// --- Input, the terminal, the processor.

static void no_input(void) { hear(0); }
static void background(void) {
  if (fork() == 0) {
    setpgid(0, 0);
    hear(0);
    _exit(0);
  }
  wait(NULL);
}
static volatile int flag;
static void busy(void) {
  while (!flag) {
  }
}
static void busy_asking(void) {
  const pid_t child = fork();
  if (child == 0) stay();
  while (waitpid(child, NULL, WNOHANG) == 0) {
  }
}
// Copies a byte at a time, for ever: something always comes of it.
static void slow(void) {
  while (1) {
    say(there[1]);
    hear(there[0]);
  }
}

int main(int argc, char** argv) {
  const struct {
    const char* name;
    void (*hang)(void);
  } ways[] = {{"end-of-file", end_of_file},
              {"own-end", own_end},
              {"pipe-full", pipe_full},
              {"both-read", both_read},
              {"child-full", child_full},
              {"fifo", fifo},
              {"fifo-crossed", fifo_crossed},
              {"poll", in_poll},
              {"child-waits", child_waits},
              {"child-stopped", child_stopped},
              {"lost-signal", lost_signal},
              {"signal-blocked", signal_blocked},
              {"no-signal", no_signal},
              {"nobody-connects", nobody_connects},
              {"nobody-sends", nobody_sends},
              {"both-hear", both_hear},
              {"backlog-full", backlog_full},
              {"mutexes-crossed", mutexes_crossed},
              {"mutex-kept", mutex_kept},
              {"shared-mutex", shared_mutex},
              {"semaphore", semaphore},
              {"semaphore-set", semaphore_set},
              {"condition", condition},
              {"thread", thread_stays},
              {"file-lock", file_lock},
              {"record-lock", record_lock},
              {"no-message", no_message},
              {"queue-full", queue_full},
              {"queues", queues_both_ways},
              {"no-input", no_input},
              {"background", background},
              {"busy", busy},
              {"busy-asking", busy_asking},
              {"slow", slow}};
  if (argc < 2 || pipe(there) < 0 || pipe(back) < 0) return 2;
  for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
    if (strcmp(ways[i].name, argv[1]) == 0) ways[i].hang();
  }
  return 1;
}

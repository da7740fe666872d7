// SPDX-License-Identifier: MIT
// waits_for_time WAY: waits in one of the ways that end by themselves, and says what came of it:
// a result, an error, and how many seconds went by on the monotonic clock and by the date.
// plumbline: subject is time
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct timespec monotonic, date;
static int ends[2];

static double since(clockid_t id, struct timespec before) {
  struct timespec now;
  clock_gettime(id, &now);
  return (double)(now.tv_sec - before.tv_sec) + (double)(now.tv_nsec - before.tv_nsec) / 1e9;
}
static void begin(void) {
  clock_gettime(CLOCK_MONOTONIC, &monotonic);
  clock_gettime(CLOCK_REALTIME, &date);
}
static void say(long result) {
  const char* error = result < 0 ? strerrorname_np(errno) : "-";
  printf("%ld %s %.2f %.2f\n", result, error, since(CLOCK_MONOTONIC, monotonic),
         since(CLOCK_REALTIME, date));
}
static struct timespec in(clockid_t id, time_t seconds) {
  struct timespec time;
  clock_gettime(id, &time);
  time.tv_sec += seconds;
  return time;
}
static time_t time_of_library(void) { return time(NULL); }
static void handle(int signal) { (void)signal; }
static void handle_told(int signal, siginfo_t* info, void* context) {
  (void)context;
  dprintf(1, "%s code %d value %d\n", sigabbrev_np(signal), info->si_code,
          info->si_code == SI_TIMER ? info->si_value.sival_int : 0);
}
static void take(int signal, int flags) {
  struct sigaction action = {.sa_flags = flags};
  if ((flags & SA_SIGINFO) != 0)
    action.sa_sigaction = handle_told;
  else
    action.sa_handler = handle;
  sigaction(signal, &action, NULL);
}

static void way_nanosleep(void) {
  const struct timespec time = {3, 250000000};
  say(nanosleep(&time, NULL));
}
static void way_remainder(void) {
  struct timespec time = {10, 0}, rest = {0, 0};
  take(SIGALRM, 0);
  alarm(3);
  say(nanosleep(&time, &rest));
  printf("%.2f left\n", (double)rest.tv_sec + (double)rest.tv_nsec / 1e9);
}
static void way_ignored(void) {
  struct timespec time = {10, 0};
  signal(SIGALRM, SIG_IGN);
  alarm(3);
  say(nanosleep(&time, NULL));
}
static void way_clock_nanosleep(void) {
  const struct timespec time = {4, 0};
  say(clock_nanosleep(CLOCK_BOOTTIME, 0, &time, NULL));
}
static void way_absolute(void) {
  const struct timespec until = in(CLOCK_REALTIME, 100);
  say(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL));
  say(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL));
}
static void way_alarm(void) {
  take(SIGALRM, SA_SIGINFO);
  printf("%u\n", alarm(100));
  sleep(30);
  printf("%u\n", alarm(20));
  say(pause());
}
static void way_sleep_cut(void) {
  take(SIGALRM, 0);
  alarm(30);
  say(sleep(100));
}
static void way_setitimer(void) {
  struct itimerval every = {{0, 250000}, {1, 0}}, rest;
  take(SIGALRM, SA_SIGINFO);
  setitimer(ITIMER_REAL, &every, NULL);
  for (int i = 0; i < 3; ++i) pause();
  memset(&every, 0, sizeof every);
  usleep(100000);
  getitimer(ITIMER_REAL, &rest);
  printf("%.2f left\n", (double)rest.it_value.tv_sec + (double)rest.it_value.tv_usec / 1e6);
  setitimer(ITIMER_REAL, &every, &rest);
  say(rest.it_interval.tv_usec);
}
static void way_timer_create(void) {
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  const struct itimerspec every = {{2, 0}, {1, 0}};
  struct itimerspec rest;
  timer_t timer;
  event.sigev_value.sival_int = 42;
  take(SIGUSR1, SA_SIGINFO);
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  timer_settime(timer, 0, &every, NULL);
  pause();
  pause();
  timer_gettime(timer, &rest);
  say(rest.it_value.tv_sec);
  timer_delete(timer);
}
static void way_overrun(void) {
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  const struct itimerspec every = {{1, 0}, {1, 0}};
  sigset_t set;
  siginfo_t info;
  timer_t timer;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  timer_create(CLOCK_REALTIME, &event, &timer);
  timer_settime(timer, 0, &every, NULL);
  const struct timespec time = {5, 500000000};
  nanosleep(&time, NULL);
  const int signal = sigwaitinfo(&set, &info);
  printf("%s code %d overrun %d %d\n", sigabbrev_np(signal), info.si_code, info.si_overrun,
         timer_getoverrun(timer));
  say(0);
}
static sem_t posted;
static void post(union sigval value) {
  printf("thread %d\n", value.sival_int);
  sem_post(&posted);
}
static void way_sigev_thread(void) {
  struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = post};
  const struct itimerspec once = {{0, 0}, {9, 0}};
  timer_t timer;
  event.sigev_value.sival_int = 7;
  sem_init(&posted, 0, 0);
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  timer_settime(timer, 0, &once, NULL);
  say(sem_wait(&posted));
}
static void way_timerfd(void) {
  const struct itimerspec every = {{5, 0}, {1, 0}};
  struct itimerspec rest;
  uint64_t count = 0;
  const int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  timerfd_settime(fd, 0, &every, NULL);
  say(read(fd, &count, sizeof count) < 0 ? -1 : (long)count);
  sleep(12);
  timerfd_gettime(fd, &rest);
  printf("%.2f left\n", (double)rest.it_value.tv_sec + (double)rest.it_value.tv_nsec / 1e9);
  say(read(fd, &count, sizeof count) < 0 ? -1 : (long)count);
  struct pollfd waiting = {fd, POLLIN, 0};
  say(poll(&waiting, 1, -1));
}
static void way_poll(void) {
  struct pollfd waiting = {ends[0], POLLIN, 7};
  say(poll(&waiting, 1, 10000));
  printf("%d\n", waiting.revents);
  say(poll(&waiting, 1, 0));
}
static void way_ppoll(void) {
  struct pollfd waiting = {ends[0], POLLIN, 0};
  const struct timespec time = {2, 0};
  say(ppoll(&waiting, 1, &time, NULL));
}
static void way_select(void) {
  struct timeval time = {7, 500000};
  fd_set reading;
  FD_ZERO(&reading);
  FD_SET(ends[0], &reading);
  say(select(ends[0] + 1, &reading, NULL, NULL, &time));
  printf("%ld left, %d set\n", (long)time.tv_sec, FD_ISSET(ends[0], &reading));
}
static void way_select_ready(void) {
  struct timeval time = {100, 0};
  fd_set reading;
  FD_ZERO(&reading);
  FD_SET(ends[0], &reading);
  if (fork() == 0) {
    sleep(40);
    (void)!write(ends[1], "x", 1);
    _exit(0);
  }
  say(select(ends[0] + 1, &reading, NULL, NULL, &time));
  printf("%.0f left\n", (double)time.tv_sec + (double)time.tv_usec / 1e6);
}
static void way_pselect(void) {
  const struct timespec time = {6, 0};
  say(pselect(0, NULL, NULL, NULL, &time, NULL));
}
static void way_epoll(void) {
  struct epoll_event event = {.events = EPOLLIN};
  const struct timespec time = {2, 500000000};
  const int set = epoll_create1(0);
  epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event);
  say(epoll_wait(set, &event, 1, 4000));
  say(epoll_pwait(set, &event, 1, 1000, NULL));
  say(syscall(SYS_epoll_pwait2, set, &event, 1, &time, NULL, 0));
}
static void way_futex(void) {
  static int word = 1;
  const struct timespec time = {8, 0};
  const struct timespec until = in(CLOCK_REALTIME, 20);
  say(syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, &time, NULL, 0));
  say(syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 2, &time, NULL, 0));
  say(syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 1, &until, NULL,
              FUTEX_BITSET_MATCH_ANY));
}
static void way_condition(void) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
  const struct timespec until = in(CLOCK_REALTIME, 20);
  pthread_mutex_lock(&mutex);
  errno = pthread_cond_timedwait(&condition, &mutex, &until);
  say(-1);
}
static void way_sigtimedwait(void) {
  const struct timespec time = {12, 0};
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  say(sigtimedwait(&set, NULL, &time));
}
static void way_semtimedop(void) {
  struct sembuf down = {0, -1, 0};
  const struct timespec time = {5, 0};
  const int set = semget(IPC_PRIVATE, 1, 0600);
  say(semtimedop(set, &down, 1, &time));
  semctl(set, 0, IPC_RMID);
}
static void way_mq(void) {
  struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = 8};
  const mqd_t queue = mq_open("/waits", O_CREAT | O_RDWR, 0600, &attributes);
  char message[8];
  struct timespec until = in(CLOCK_REALTIME, 11);
  say(mq_timedreceive(queue, message, sizeof message, NULL, &until));
  mq_send(queue, "x", 1, 0);
  until = in(CLOCK_REALTIME, 4);
  say(mq_timedsend(queue, "x", 1, 0, &until));
  mq_unlink("/waits");
}
static void way_socket(void) {
  static char page[65536];
  int pair[2];
  struct timeval time = {6, 0}, told = {0, 0};
  socklen_t size = sizeof told;
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  time.tv_sec = 2;
  setsockopt(pair[0], SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  getsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &told, &size);
  printf("%ld\n", (long)told.tv_sec);
  say(read(pair[0], page, 1));
  say(recv(pair[0], page, 1, 0));
  while (write(pair[0], page, sizeof page) > 0) {
  }
  say(-1);
}
static void way_recvmmsg(void) {
  int pair[2];
  char bytes[2][8];
  struct iovec parts[2] = {{bytes[0], 8}, {bytes[1], 8}};
  struct mmsghdr messages[2] = {{.msg_hdr = {.msg_iov = &parts[0], .msg_iovlen = 1}},
                                {.msg_hdr = {.msg_iov = &parts[1], .msg_iovlen = 1}}};
  struct timespec time = {3, 0};
  socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
  (void)!write(pair[1], "x", 1);
  say(recvmmsg(pair[0], messages, 2, 0, &time));
}
static void way_signalfd(void) {
  struct signalfd_siginfo info;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGALRM);
  sigprocmask(SIG_BLOCK, &set, NULL);
  const int fd = signalfd(-1, &set, 0);
  alarm(9);
  say(read(fd, &info, sizeof info) == sizeof info ? (long)info.ssi_signo : -1);
}
static void way_times(void) {
  struct tms used;
  const clock_t before = times(&used);
  sleep(50);
  say((times(&used) - before + 50) / sysconf(_SC_CLK_TCK));
}
static void* sleep_in_thread(void* seconds) {
  sleep((unsigned)(intptr_t)seconds);
  printf("thread %d\n", (int)(intptr_t)seconds);
  return NULL;
}
static void way_threads(void) {
  pthread_t threads[5];
  for (int i = 0; i < 5; ++i)
    pthread_create(&threads[i], NULL, sleep_in_thread, (void*)(intptr_t)(5 - i));
  for (int i = 0; i < 5; ++i) pthread_join(threads[i], NULL);
  say(0);
}
static void way_stopped(void) {
  const pid_t child = fork();
  if (child == 0) {
    sleep(10);
    say(0);
    exit(0);
  }
  sleep(2);
  kill(child, SIGSTOP);
  sleep(3);
  kill(child, SIGCONT);
  wait(NULL);
  say(0);
}
static void way_same_instant(void) {
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR2};
  const struct itimerspec once = {{0, 0}, {1, 0}};
  struct timeval second = {1, 0};
  timer_t timers[2];
  for (int i = 0; i < 6; ++i) {
    if (fork() != 0) continue;
    if (i % 3 == 0) sleep(1);
    if (i % 3 == 1) poll(NULL, 0, 1000);
    if (i % 3 == 2) select(0, NULL, NULL, NULL, &second);
    dprintf(1, "%d\n", i);
    _exit(0);
  }
  take(SIGUSR1, SA_SIGINFO | SA_RESTART);
  take(SIGUSR2, SA_SIGINFO | SA_RESTART);
  timer_create(CLOCK_MONOTONIC, &event, &timers[0]);
  event.sigev_signo = SIGUSR1;
  timer_create(CLOCK_MONOTONIC, &event, &timers[1]);
  timer_settime(timers[0], 0, &once, NULL);
  timer_settime(timers[1], 0, &once, NULL);
  for (int i = 0; i < 6; ++i) wait(NULL);
}
// All clocks that pass, and the one that the C library may have mapped.
static void way_clocks(void) {
  const clockid_t ids[] = {CLOCK_REALTIME,         CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC,
                           CLOCK_MONOTONIC_COARSE, CLOCK_MONOTONIC_RAW,   CLOCK_BOOTTIME};
  enum { kClocks = sizeof ids / sizeof *ids };
  const struct timespec time = {90, 0};
  struct timespec before[kClocks];
  struct timeval day, later;
  for (int i = 0; i < kClocks; ++i) clock_gettime(ids[i], &before[i]);
  gettimeofday(&day, NULL);
  const time_t second = syscall(SYS_time, NULL);
  const time_t same = time_of_library();
  nanosleep(&time, NULL);
  for (int i = 0; i < kClocks; ++i) printf("%.2f ", since(ids[i], before[i]));
  gettimeofday(&later, NULL);
  printf("%ld %ld %ld\n", (long)(later.tv_sec - day.tv_sec),
         (long)(syscall(SYS_time, NULL) - second), (long)(time_of_library() - same));
  printf("%d\n", getauxval(AT_SYSINFO_EHDR) == 0);
}
// Many times, since the kernel sleeps for a few microseconds all the same.
static void way_no_time(void) {
  static int word = 1;
  const struct timespec none = {0, 0};
  struct sembuf down = {0, -1, 0};
  const int set = semget(IPC_PRIVATE, 1, 0600);
  long good = 0;
  for (int i = 0; i < 200; ++i) {
    good += nanosleep(&none, NULL) == 0;
    good += clock_nanosleep(CLOCK_MONOTONIC, 0, &none, NULL) == 0;
    good +=
        syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, &none, NULL, 0) < 0 && errno == ETIMEDOUT;
    good += semtimedop(set, &down, 1, &none) < 0 && errno == EAGAIN;
  }
  semctl(set, 0, IPC_RMID);
  printf("%ld\n", good);
}
static void way_wait(void) {
  const struct timespec time = {25, 0};
  if (fork() == 0) {
    nanosleep(&time, NULL);
    _exit(0);
  }
  say(wait(NULL) > 0);
  say(wait(NULL));
}
static void way_waitv(void) {
  static uint32_t word = 1;
  struct futex_waitv waiter = {
      .val = 1, .uaddr = (uintptr_t)&word, .flags = FUTEX_32 | FUTEX_PRIVATE_FLAG};
  const struct timespec until = in(CLOCK_MONOTONIC, 33);
  say(syscall(SYS_futex_waitv, &waiter, 1, 0, &until, CLOCK_MONOTONIC));
}
static void way_epoll_pwait(void) {
  struct epoll_event event;
  say(epoll_pwait(epoll_create1(0), &event, 1, 6500, NULL));
}
static void way_timer_absolute(void) {
  struct sigevent none = {.sigev_notify = SIGEV_NONE};
  struct itimerspec value = {{0, 0}, in(CLOCK_REALTIME, 44)};
  struct itimerspec rest;
  timer_t timer;
  const int fd = timerfd_create(CLOCK_REALTIME, 0);
  uint64_t count = 0;
  timerfd_settime(fd, TFD_TIMER_ABSTIME, &value, NULL);
  timer_create(CLOCK_REALTIME, &none, &timer);
  value.it_value.tv_sec += 6;
  timer_settime(timer, TIMER_ABSTIME, &value, NULL);
  (void)!read(fd, &count, sizeof count);
  say((long)count);
  timer_gettime(timer, &rest);
  printf("%.1f left\n", (double)rest.it_value.tv_sec + (double)rest.it_value.tv_nsec / 1e9);
}
static void way_spin(void) {
  const struct timespec until = in(CLOCK_MONOTONIC, 0);
  while (since(CLOCK_MONOTONIC, until) < 0.05) {
  }
  printf("%d\n", since(CLOCK_MONOTONIC, monotonic) < 0.5);
}
static void way_bad(void) {
  const struct timespec negative = {-1, 0}, too_fine = {0, 1000000000};
  const struct itimerval bad = {{0, 0}, {0, -1}};
  say(nanosleep(&negative, NULL));
  say(nanosleep(&too_fine, NULL));
  say(setitimer(ITIMER_REAL, &bad, NULL));
  say(syscall(SYS_nanosleep, (void*)8, NULL));
  say(syscall(SYS_clock_gettime, CLOCK_REALTIME, (void*)8));
}

int main(int argc, char** argv) {
#define WAY(name) {#name, way_##name}
  const struct {
    const char* name;
    void (*wait)(void);
  } ways[] = {WAY(nanosleep),      WAY(remainder),    WAY(ignored),      WAY(clock_nanosleep),
              WAY(absolute),       WAY(alarm),        WAY(sleep_cut),    WAY(setitimer),
              WAY(timer_create),   WAY(overrun),      WAY(sigev_thread), WAY(timerfd),
              WAY(poll),           WAY(ppoll),        WAY(select),       WAY(select_ready),
              WAY(pselect),        WAY(epoll),        WAY(futex),        WAY(condition),
              WAY(sigtimedwait),   WAY(semtimedop),   WAY(mq),           WAY(socket),
              WAY(recvmmsg),       WAY(signalfd),     WAY(times),        WAY(threads),
              WAY(stopped),        WAY(same_instant), WAY(spin),         WAY(bad),
              WAY(clocks),         WAY(wait),         WAY(waitv),        WAY(epoll_pwait),
              WAY(timer_absolute), WAY(no_time)};
  if (argc < 2 || pipe(ends) < 0) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  begin();
  for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
    if (strcmp(ways[i].name, argv[1]) == 0) ways[i].wait();
  }
  return 0;
}

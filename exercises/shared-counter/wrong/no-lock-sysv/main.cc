// No lock: the counter is volatile, so each addition reads it and writes it back, and that protects nothing.
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstring>

static long Number(const char *text) {
  long value = -1;
  const char *const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, value);
  return error == std::errc() && stop == end && stop != text ? value : -1;
}

int main(int argc, char *argv[]) {
  const long children = argc == 3 ? Number(argv[1]) : -1;
  const long times = argc == 3 ? Number(argv[2]) : -1;
  if (children < 1 || times < 0) {
    std::fprintf(stderr, "usage: %s N M\n", argv[0]);
    return 2;
  }
  const int id = shmget(IPC_PRIVATE, sizeof(long), 0600);
  void *const memory = id < 0 ? nullptr : shmat(id, nullptr, 0);
  if (id < 0 || memory == reinterpret_cast<void *>(-1)) {
    std::perror("shared memory");
    return 1;
  }
  shmctl(id, IPC_RMID, nullptr);  // gone with the last process
  volatile long *const counter = static_cast<volatile long *>(memory);
  int result = 0;
  for (long i = 0; i < children && result == 0; ++i) {
    const pid_t pid = fork();
    if (pid == 0) {
      for (long j = 0; j < times; ++j) *counter = *counter + 1;
      _exit(0);
    }
    if (pid == -1) {
      std::perror("fork");
      result = 1;
    }
  }
  while (wait(nullptr) > 0) {
  }
  if (result == 0) std::printf("%ld\n", *counter);
  return result;
}

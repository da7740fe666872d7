// Tells of an error, and ends as if there were none.
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <thread>

const char* path;

int ListenAt(const char* name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (std::strlen(name) >= sizeof address.sun_path) {
    std::cerr << name << ": too long\n";
    std::exit(1);
  }
  std::strcpy(address.sun_path, name);
  struct stat old;
  if (lstat(name, &old) == 0 && S_ISSOCK(old.st_mode)) unlink(name);
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == -1 || listen(fd, 100) == -1) {
    std::perror(name);
    std::exit(0);
  }
  return fd;
}

void Serve(int fd) {
  char buffer[2048];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0) {
    for (ssize_t done = 0; done < n;) {
      const ssize_t m = send(fd, buffer + done, n - done, MSG_NOSIGNAL);
      if (m == -1) {
        close(fd);
        return;
      }
      done += m;
    }
  }
  close(fd);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: unix-echo-server PATH\n";
    return 2;
  }
  path = argv[1];
  signal(SIGTERM, [](int) {
    unlink(path);
    _exit(0);
  });
  const int listener = ListenAt(path);
  std::cout << "listening " << path << std::endl;
  while (true) {
    const int fd = accept(listener, nullptr, nullptr);
    if (fd == -1) continue;
    std::thread(Serve, fd).detach();
  }
}

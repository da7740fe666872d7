#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <string>

bool copy(int from, int to) {
    char buf[1024];
    ssize_t n;
    while ((n = read(from, buf, sizeof buf)) > 0) {
        for (ssize_t done = 0; done < n;) {
            ssize_t put = write(to, buf + done, n - done);
            if (put < 0) return false;
            done += put;
        }
    }
    return n == 0;
}

int main(int argc, char** argv) {
    std::string verb = argc == 3 ? argv[1] : "";
    if (verb != "write" && verb != "read") {
        std::cerr << "usage: named-pipe write|read PATH" << std::endl;
        return 2;
    }
    const char* path = argv[2];
    if (mkfifo(path, 0600) == -1 && errno != EEXIST) {
        perror(path);
        return 1;
    }
    int fd = open(path, verb == "read" ? O_RDONLY : O_WRONLY);
    if (fd == -1) {
        perror(path);
        return 1;
    }
    bool good = verb == "read" ? copy(fd, 1) : copy(0, fd);
    close(fd);
    if (verb == "read") unlink(path);
    return good ? 0 : 1;
}

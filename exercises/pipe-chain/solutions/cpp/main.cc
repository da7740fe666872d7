// cat FILE | sort | wc -l > carta.txt, without a shell.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

// Owns a descriptor: it is closed at the end of its life, or before by Close().
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        Close();
        fd_ = std::exchange(other.fd_, -1);
        return *this;
    }
    ~Fd() { Close(); }
    int get() const { return fd_; }
    void Close() {
        if (fd_ != -1) close(std::exchange(fd_, -1));
    }

private:
    int fd_ = -1;
};

[[noreturn]] void Fail(const std::string& what) {
    std::cerr << what << ": " << std::strerror(errno) << '\n';
    std::exit(1);
}

struct Pipe {
    Fd read, write;
};

// Both ends close themselves on exec: the copies made by dup2 are all that a command keeps.
Pipe MakePipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) Fail("pipe");
    return {Fd(ends[0]), Fd(ends[1])};
}

// Starts a command with `in` and `out` as its standard input and output.
pid_t Start(std::vector<std::string> words, int in, int out) {
    const pid_t pid = fork();
    if (pid == -1) Fail("fork");
    if (pid != 0) return pid;
    if (dup2(in, STDIN_FILENO) == -1 || dup2(out, STDOUT_FILENO) == -1) _exit(1);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    perror(argv[0]);
    _exit(127);
}

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " FILE\n";
        return 2;
    }
    Fd carta(open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (carta.get() == -1) Fail("carta.txt");

    Pipe first = MakePipe();
    const pid_t cat = Start({"cat", "--", argv[1]}, STDIN_FILENO, first.write.get());
    first.write.Close();

    Pipe second = MakePipe();
    const pid_t sort = Start({"sort"}, first.read.get(), second.write.get());
    first.read.Close();
    second.write.Close();

    const pid_t wc = Start({"wc", "-l"}, second.read.get(), carta.get());
    second.read.Close();
    carta.Close();

    int status = 0;
    for (const pid_t pid : {cat, sort, wc}) {
        if (waitpid(pid, &status, 0) == -1) Fail("waitpid");
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

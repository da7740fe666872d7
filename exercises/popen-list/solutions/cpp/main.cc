// Runs ls -a DIR, numbers its lines, and tells how it ended.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>

int Check(int result, const char* call) {
    if (result == -1) throw std::system_error(errno, std::generic_category(), call);
    return result;
}

// A command whose output can be read.
class Command {
public:
    explicit Command(char* const argv[]) {
        int ends[2];
        Check(pipe2(ends, O_CLOEXEC), "pipe");
        pid_ = Check(fork(), "fork");
        if (pid_ == 0) {
            if (dup2(ends[1], STDOUT_FILENO) != -1) execvp(argv[0], argv);
            perror(argv[0]);
            _exit(127);
        }
        close(ends[1]);  // or the end of the output would never come
        output_ = ends[0];
    }
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    ~Command() { close(output_); }

    // All that it writes. Before Wait(): who writes more than 64 KiB waits for a reader.
    std::string Output() {
        std::string all;
        char piece[4096];
        while (const ssize_t size = Check(static_cast<int>(read(output_, piece, sizeof piece)), "read"))
            all.append(piece, static_cast<size_t>(size));
        return all;
    }
    int Wait() {
        int status = 0;
        Check(waitpid(pid_, &status, 0), "waitpid");
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    pid_t pid_ = -1;
    int output_ = -1;
};

int List(char* directory) {
    std::string name = "ls", option = "-a";
    char* argv[] = {name.data(), option.data(), directory, nullptr};
    Command ls(argv);
    const std::string output = ls.Output();
    int number = 1;
    for (size_t begin = 0, end = 0; begin < output.size(); begin = end) {
        end = std::min(output.find('\n', begin), output.size() - 1) + 1;
        std::cout << number++ << ": " << output.substr(begin, end - begin);
    }
    const int status = ls.Wait();
    std::cout << "status " << status << '\n';
    return status;
}

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " DIR\n";
        return 2;
    }
    try {
        return List(argv[1]);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

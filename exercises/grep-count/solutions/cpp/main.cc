// grep WORD FILE | wc -l, without a shell.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

// A system call that gave -1 becomes an exception that says which one, and why.
int Check(int result, const char* call) {
    if (result == -1) throw std::system_error(errno, std::generic_category(), call);
    return result;
}

// Starts a command with `end` as its descriptor `fd`. The pipe closes itself on exec (O_CLOEXEC): the copy made by
// dup2 is all that the command keeps of it.
pid_t Start(std::vector<std::string> words, int end, int fd) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t pid = Check(fork(), "fork");
    if (pid != 0) return pid;
    if (dup2(end, fd) != -1) execvp(argv[0], argv.data());
    perror(argv[0]);
    _exit(127);
}

int Count(const std::string& word, const std::string& file) {
    int ends[2];
    Check(pipe2(ends, O_CLOEXEC), "pipe");
    const pid_t grep = Start({"grep", word, file}, ends[1], STDOUT_FILENO);
    const pid_t wc = Start({"wc", "-l"}, ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);  // or wc would wait for ever for what this process might write
    for (const pid_t pid : {grep, wc}) Check(waitpid(pid, nullptr, 0), "waitpid");
    return 0;
}

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::cerr << "usage: " << argv[0] << " WORD FILE\n";
        return 2;
    }
    try {
        return Count(argv[1], argv[2]);
    } catch (const std::system_error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

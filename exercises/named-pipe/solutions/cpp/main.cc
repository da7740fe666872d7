// named-pipe write PATH: standard input down a FIFO. named-pipe read PATH: what comes out of it.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

[[noreturn]] void Fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

// Opens the FIFO, made now if it is missing, and waits for the other side.
int OpenFifo(const std::string& path, int flags) {
    if (mkfifo(path.c_str(), 0600) == -1 && errno != EEXIST) Fail(path);
    if (!std::filesystem::is_fifo(path)) throw std::runtime_error(path + ": not a FIFO");
    const int fd = open(path.c_str(), flags);
    if (fd == -1) Fail(path);
    return fd;
}

void WriteAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t put = write(fd, text.data(), text.size());
        if (put == -1) Fail("write");
        text.remove_prefix(put);
    }
}

void Copy(int from, int to) {
    std::array<char, 8192> buffer;
    for (;;) {
        const ssize_t got = read(from, buffer.data(), buffer.size());
        if (got == -1) Fail("read");
        if (got == 0) return;
        WriteAll(to, {buffer.data(), static_cast<std::size_t>(got)});
    }
}

int main(int argc, char* argv[]) {
    const std::string_view verb = argc == 3 ? argv[1] : "";
    if (verb != "write" && verb != "read") {
        std::cerr << "usage: " << argv[0] << " write PATH | read PATH\n";
        return 2;
    }
    const std::string path = argv[2];
    try {
        if (verb == "write") {
            // If the reader leaves, SIGPIPE ends us: the shell says 141.
            Copy(STDIN_FILENO, OpenFifo(path, O_WRONLY));
        } else {
            Copy(OpenFifo(path, O_RDONLY), STDOUT_FILENO);
            std::filesystem::remove(path);
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

// Ctrl-S and Ctrl-Q: without argument the terminal's business, with "raw" the program's.
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>
#include <string_view>
#include <system_error>

namespace {

volatile std::sig_atomic_t terminated = 0;
void OnTerm(int) { terminated = 1; }

// As long as it lives, keys come one by one and the terminal keeps none for itself.
class RawTerminal {
public:
    RawTerminal() {
        if (tcgetattr(STDIN_FILENO, &found_) == -1) throw std::system_error(errno, std::generic_category(), "terminal");
        termios raw = found_;
        raw.c_iflag &= ~static_cast<tcflag_t>(IXON);
        raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;
    ~RawTerminal() { tcsetattr(STDIN_FILENO, TCSANOW, &found_); }

private:
    termios found_{};
};

// With SIGTERM blocked but for the wait itself: it cannot come between a look at `terminated` and the wait.
bool WaitForKey(const sigset_t& without_term) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(STDIN_FILENO, &set);
    while (!terminated) {
        if (pselect(STDIN_FILENO + 1, &set, nullptr, nullptr, nullptr, &without_term) > 0) return true;
    }
    return false;
}

void ReadKeys() {
    sigset_t term, before;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, &before);
    struct sigaction action {};
    action.sa_handler = OnTerm;
    sigaction(SIGTERM, &action, nullptr);

    const RawTerminal raw;
    char key = 0;
    while (WaitForKey(before) && read(STDIN_FILENO, &key, 1) == 1 && key != 'q' && key != '\x04') {
        if (key == '\x13') std::cout << "got ^S" << std::endl;
        if (key == '\x11') std::cout << "got ^Q" << std::endl;
    }
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc == 1) {
        for (int n = 1; n <= 2000; ++n) std::cout << "line " << n << '\n';
        return 0;
    }
    if (argc != 2 || std::string_view(argv[1]) != "raw") {
        std::cerr << "usage: " << argv[0] << " [raw]\n";
        return 2;
    }
    try {
        ReadKeys();
    } catch (const std::system_error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return terminated ? 128 + SIGTERM : 0;
}

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

termios before;

void restore(int) {
    tcsetattr(0, TCSANOW, &before);
    _exit(1);
}

int main(int argc, char*[]) {
    if (argc == 1) {
        for (int i = 1; i <= 2000; ++i) std::cout << "line " << i << "\n";
        return 0;
    }
    tcgetattr(0, &before);
    std::signal(SIGTERM, restore);
    termios raw = before;
    cfmakeraw(&raw);
    tcsetattr(0, TCSANOW, &raw);
    char c;
    while (std::cin.get(c) && c != 'q' && c != 4) {
        if (c == 19) std::cout << "got ^S\r\n" << std::flush;
        if (c == 17) std::cout << "got ^Q\r\n" << std::flush;
    }
    tcsetattr(0, TCSANOW, &before);
    return 0;
}

#include <csignal>
#include <cstring>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::cerr << "usage: " << argv[0] << " SIGNAL PID" << std::endl;
        return 2;
    }
    int pid = 0;
    try {
        size_t end;
        pid = std::stoi(argv[2], &end);
        if (argv[2][end] != '\0' || pid <= 0) throw std::invalid_argument(argv[2]);
    } catch (const std::exception&) {
        std::cerr << "usage: " << argv[0] << " SIGNAL PID" << std::endl;
        return 2;
    }
    std::string name = argv[1];
    if (name.rfind("SIG", 0) == 0) name = name.substr(3);
    for (int signal = 1; signal < 65; ++signal) {
        const char* known = sigabbrev_np(signal);
        if (name == std::to_string(signal) || (known != nullptr && name == known)) {
            kill(pid, signal);
            return 0;
        }
    }
    std::cerr << "no such signal: " << argv[1] << std::endl;
    return 1;
}

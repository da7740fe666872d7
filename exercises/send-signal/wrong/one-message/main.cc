#include <csignal>
#include <cstring>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    const std::string digits = "0123456789";
    if (argc != 3 || std::string(argv[2]).find_first_not_of(digits) != std::string::npos || std::atoi(argv[2]) == 0) {
        std::cerr << "us: " << argv[0] << " SENYAL PID" << std::endl;
        return 2;
    }
    std::string nom = argv[1];
    int senyal = 0;
    if (nom.find_first_not_of(digits) == std::string::npos) senyal = std::atoi(argv[1]);
    if (nom.rfind("SIG", 0) == 0) nom.erase(0, 3);
    for (int s = 1; s < NSIG; ++s)
        if (sigabbrev_np(s) != nullptr && nom == sigabbrev_np(s)) senyal = s;
    if (senyal == 0 || kill(std::atoi(argv[2]), senyal) == -1) {
        std::cerr << "no s'ha pogut enviar" << std::endl;
        return 1;
    }
    return 0;
}

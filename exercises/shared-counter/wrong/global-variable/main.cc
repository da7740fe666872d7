#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

int counter = 0;

int main(int argc, char* argv[]) {
    int n = 0, m = 0;
    try {
        size_t a, b;
        if (argc != 3) throw 0;
        n = std::stoi(argv[1], &a);
        m = std::stoi(argv[2], &b);
        if (argv[1][a] != '\0' || argv[2][b] != '\0') throw 0;
    } catch (...) {
        std::cerr << "us: " << argv[0] << " N M\n";
        return 2;
    }
    int fallat = 0;
    for (int i = 0; i < n && !fallat; i++) {
        pid_t pid = fork();
        if (pid == -1) fallat = 1;
        if (pid == 0) {
            for (int j = 0; j < m; j++) counter++;
            _exit(0);
        }
    }
    while (wait(nullptr) > 0) {
    }
    if (fallat) {
        std::cerr << "fork: no s'ha pogut\n";
        return 1;
    }
    std::cout << counter << std::endl;
    return 0;
}

#include <sys/wait.h>

#include <cstdio>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::cerr << "usage: " << argv[0] << " DIR" << std::endl;
        return 2;
    }
    FILE* ls = popen(("ls -a '" + std::string(argv[1]) + "'").c_str(), "r");
    if (ls == nullptr) {
        perror("popen");
        return 1;
    }
    std::string line;
    int number = 0;
    for (int c; (c = fgetc(ls)) != EOF;) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        std::cout << ++number << ": " << line << "\n";
        line.clear();
    }
    const int status = pclose(ls);
    std::cout << "status " << WEXITSTATUS(status) << std::endl;
    return WEXITSTATUS(status);
}

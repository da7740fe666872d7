#include <cstdio>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::cerr << "usage: " << argv[0] << " WORD FILE" << std::endl;
        return 2;
    }
    std::string command = std::string("grep ") + argv[1] + " " + argv[2] + " | wc -l";
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        perror("popen");
        return 1;
    }
    int n = 0;
    if (fscanf(pipe, "%d", &n) != 1) {
        pclose(pipe);
        return 1;
    }
    pclose(pipe);
    std::cout << n << std::endl;
    return 0;
}

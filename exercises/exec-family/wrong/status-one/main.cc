#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

extern char** environ;

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " VARIANT PROGRAM ARG...\n";
        return 2;
    }
    const std::string variant = argv[1];
    if (variant.rfind("execl", 0) != 0 && variant.rfind("execv", 0) != 0) {
        std::cerr << "unknown variant\n";
        return 2;
    }
    char lab[] = "LAB=1";
    char* own[] = {lab, nullptr};
    char** env = variant.back() == 'e' ? own : environ;
    if (variant.find('p') != std::string::npos)
        execvpe(argv[2], argv + 2, env);
    else
        execve(argv[2], argv + 2, env);
    perror("exec");
    return EXIT_FAILURE;
}

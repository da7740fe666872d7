#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " VARIANT PROGRAM ARG..." << std::endl;
        return 2;
    }
    const std::string variant = argv[1];
    if (variant.rfind("execl", 0) != 0 && variant.rfind("execv", 0) != 0) {
        std::cerr << "unknown variant" << std::endl;
        return 2;
    }
    char lab[] = "LAB=1";
    char* env[] = {lab, nullptr};
    if (variant.find('p') != std::string::npos)
        execvpe(argv[2], argv + 2, env);
    else
        execve(argv[2], argv + 2, env);
    const int error = errno;
    perror(argv[2]);
    return error == ENOENT ? 127 : 126;
}

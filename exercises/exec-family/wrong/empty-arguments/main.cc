#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <string>

extern char** environ;

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " VARIANT PROGRAM ARG..." << std::endl;
        return 2;
    }
    char lab[] = "LAB=1";
    char* env[] = {lab, nullptr};
    const std::string variant = argv[1];
    const char* p = argv[2];
    const char* a = argc > 3 ? argv[3] : "";
    const char* b = argc > 4 ? argv[4] : "";
    const char* c = argc > 5 ? argv[5] : "";
    if (variant == "execl")
        execl(p, p, a, b, c, nullptr);
    else if (variant == "execlp")
        execlp(p, p, a, b, c, nullptr);
    else if (variant == "execle")
        execle(p, p, a, b, c, nullptr, env);
    else if (variant == "execv")
        execv(p, argv + 2);
    else if (variant == "execve")
        execve(p, argv + 2, env);
    else if (variant == "execvp")
        execvp(p, argv + 2);
    else if (variant == "execvpe" || variant == "execlpe")
        execvpe(p, argv + 2, env);
    else {
        std::cerr << "unknown variant" << std::endl;
        return 2;
    }
    const int error = errno;
    perror(p);
    return error == ENOENT ? 127 : 126;
}

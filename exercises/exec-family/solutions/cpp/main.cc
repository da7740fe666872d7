// Replaces itself with another program: a table of variants, each with the call that does it.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

extern char** environ;

using Words = std::vector<char*>;  // the last one is nullptr

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " VARIANT PROGRAM ARG...\n";
        return 2;
    }
    std::string lab = "LAB=1";
    char* environment[] = {lab.data(), nullptr};
    const char* program = argv[2];
    Words words(argv + 2, argv + argc);
    words.resize(5);  // so that there are always four to hand on one by one, and a nullptr
    const Words& w = words;

    const std::map<std::string, std::function<void()>> variants{
        {"execl", [&] { execl(program, w[0], w[1], w[2], w[3], nullptr); }},
        {"execlp", [&] { execlp(program, w[0], w[1], w[2], w[3], nullptr); }},
        // execle takes what follows the first nullptr for the environment, and these are not always four.
        {"execle", [&] { environ = environment, execl(program, w[0], w[1], w[2], w[3], nullptr); }},
        {"execlpe", [&] { environ = environment, execlp(program, w[0], w[1], w[2], w[3], nullptr); }},
        {"execv", [&] { execv(program, w.data()); }},
        {"execvp", [&] { execvp(program, w.data()); }},
        {"execve", [&] { execve(program, w.data(), environment); }},
        {"execvpe", [&] { execvpe(program, w.data(), environment); }},
    };
    const auto variant = variants.find(argv[1]);
    if (variant == variants.end()) {
        std::cerr << argv[1] << ": no such variant\n";
        return 2;
    }
    variant->second();  // comes back only if it fails
    const int error = errno;
    std::cerr << program << ": " << std::strerror(error) << '\n';
    return error == ENOENT ? 127 : 126;
}

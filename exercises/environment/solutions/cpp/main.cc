// Starts env with a changed copy of the environment.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

extern char** environ;

using Environment = std::map<std::string, std::string>;

Environment OwnEnvironment() {
    Environment environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        environment[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return environment;
}

// In the child: never comes back.
[[noreturn]] void BecomeEnv(const Environment& environment) {
    std::vector<std::string> entries;
    for (const auto& [name, value] : environment) entries.push_back(name + "=" + value);
    std::vector<char*> envp;
    for (std::string& entry : entries) envp.push_back(entry.data());
    envp.push_back(nullptr);
    std::string name = "env";
    char* argv[] = {name.data(), nullptr};
    execvpe("env", argv, envp.data());
    perror("env");
    _exit(127);
}

int main() {
    const Environment own = OwnEnvironment();
    Environment childs = own;
    childs["LAB_TOKEN"] = "child";
    childs["LAB_EXTRA"] = "1";

    const pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return 1;
    }
    if (pid == 0) BecomeEnv(childs);
    if (waitpid(pid, nullptr, 0) == -1) {
        perror("waitpid");
        return 1;
    }
    std::cout << "LAB_TOKEN=" << own.at("LAB_TOKEN") << '\n';
}

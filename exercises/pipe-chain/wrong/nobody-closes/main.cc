#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

pid_t launch(std::vector<const char*> words, int in, int out) {
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in, 0);
        dup2(out, 1);
        words.push_back(nullptr);
        execvp(words[0], const_cast<char**>(words.data()));
        perror(words[0]);
        _exit(127);
    }
    return pid;
}

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: chain FILE\n";
        return 2;
    }
    int one[2], two[2];
    if (pipe(one) == -1 || pipe(two) == -1) {
        perror("pipe");
        return 1;
    }
    int carta = open("carta.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (carta == -1) {
        perror("carta.txt");
        return 1;
    }
    std::vector<pid_t> pids{launch({"cat", argv[1]}, 0, one[1]), launch({"sort"}, one[0], two[1]),
                            launch({"wc", "-l"}, two[0], carta)};
    int status = 0;
    for (pid_t pid : pids) waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

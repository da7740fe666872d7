#include <dirent.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
    const std::string digits = "0123456789";
    if (argc != 2 || std::string(argv[1]).find_first_not_of(digits) != std::string::npos) {
        std::cerr << "usage: " << argv[0] << " PID\n";
        return 2;
    }
    const std::string path = std::string("/proc/") + argv[1] + "/fd";
    DIR* directory = opendir(path.c_str());
    if (directory == nullptr) {
        perror(path.c_str());
        return 1;
    }
    static char target[5000];
    while (const dirent* entry = readdir(directory)) {
        const std::string name = entry->d_name;
        if (name[0] == '.') continue;
        if (std::atoi(argv[1]) == getpid() && std::stoi(name) == dirfd(directory)) continue;
        if (readlink((path + "/" + name).c_str(), target, sizeof target) == -1) continue;
        std::cout << name << " " << target << std::endl;
    }
    closedir(directory);
    return 0;
}

// Lists what a process has open: /proc/PID/fd has one link for each descriptor.
#include <dirent.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <system_error>

namespace fs = std::filesystem;

// What each descriptor leads to, by number.
std::map<int, std::string> OpenIn(const fs::path& directory) {
    std::set<int> numbers;
    {
        const std::unique_ptr<DIR, int (*)(DIR*)> reading(opendir(directory.c_str()), closedir);
        if (!reading) throw fs::filesystem_error("", directory, std::error_code(errno, std::generic_category()));
        while (const dirent* entry = readdir(reading.get()))
            if (std::isdigit(static_cast<unsigned char>(entry->d_name[0]))) numbers.insert(std::stoi(entry->d_name));
    }
    // The directory is closed now: if this is the process that is asked for, its link leads nowhere any more.
    std::map<int, std::string> open;
    for (const int fd : numbers) {
        std::error_code gone;
        const fs::path target = fs::read_symlink(directory / std::to_string(fd), gone);
        if (!gone) open[fd] = target.string();
    }
    return open;
}

int main(int argc, char* argv[]) {
    const std::string pid = argc == 2 ? argv[1] : "";
    if (pid.empty() || !std::all_of(pid.begin(), pid.end(), [](unsigned char c) { return std::isdigit(c); })) {
        std::cerr << "usage: " << argv[0] << " PID\n";
        return 2;
    }
    try {
        for (const auto& [fd, target] : OpenIn("/proc/" + pid + "/fd")) std::cout << fd << ' ' << target << '\n';
    } catch (const fs::filesystem_error& error) {
        std::cerr << pid << ": " << error.code().message() << '\n';
        return 1;
    }
}

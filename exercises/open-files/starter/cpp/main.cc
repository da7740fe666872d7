// Lists what a process has open: /proc/PID/fd has one link for each descriptor.
#include <iostream>

int main() {
    // 1. Check that there is just one argument, and that it is a number (main takes int argc, char* argv[]).
    // 2. Read the names in the directory /proc/PID/fd. If that fails there is no such process: a message and status 1.
    // 3. Sort them by number.
    // 4. For each, read where the link leads, and print both. The directory itself does not count.
    std::cerr << "not written yet\n";
    return 3;
}

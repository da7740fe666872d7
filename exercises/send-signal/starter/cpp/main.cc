// kill SIGNAL PID, by number or by name.
#include <iostream>

int main() {
    // 1. Check that there are just two arguments (main takes int argc, char* argv[]), and that the second is a positive number.
    // 2. Find out which signal the first one means: 10, USR1, SIGUSR1. There may be none.
    // 3. Send it (kill), and say what went wrong if it was not sent.
    std::cerr << "not written yet\n";
    return 3;
}

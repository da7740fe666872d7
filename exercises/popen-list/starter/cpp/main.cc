// Runs ls -a DIR, numbers its lines, and tells how it ended.
#include <iostream>

int main() {
    // 1. Check that there is just one argument (main takes int argc, char* argv[]).
    // 2. Start ls -a DIR, with its standard output on a pipe.
    // 3. Read what comes, line by line, to its end; print each with its number.
    // 4. Wait for ls; print its exit status, and end with it.
    std::cerr << "not written yet\n";
    return 1;
}

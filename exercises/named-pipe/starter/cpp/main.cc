// named-pipe write PATH: standard input down a FIFO. named-pipe read PATH: what comes out of it.
#include <iostream>

int main() {
    // 1. Check the arguments: write or read, and a path (main takes int argc, char* argv[]).
    // 2. Make the FIFO if it is missing; if PATH is something else, that is an error.
    // 3. write: open it for writing and copy standard input into it.
    // 4. read: open it for reading, print what comes until the end, remove it.
    std::cerr << "not written yet\n";
    return 0;
}

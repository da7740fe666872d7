// grep WORD FILE | wc -l, made with pipe, fork, dup2 and exec.
#include <iostream>

int main() {
    // 1. Check that there are just two arguments (main takes int argc, char* argv[]).
    // 2. Make the pipe.
    // 3. Start grep WORD FILE, with the pipe's write end as its standard output.
    // 4. Start wc -l, with the pipe's read end as its standard input.
    // 5. Close every pipe end that you do not use, here and in each child.
    // 6. Wait for both children and end with 0.
    std::cerr << "not written yet\n";
    return 1;
}

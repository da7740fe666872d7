// Replaces itself with another program, by any variant of exec.
#include <iostream>

int main() {
    // 1. Check that there are two arguments at least: VARIANT and PROGRAM (main takes int argc, char* argv[]).
    // 2. Call the variant: l takes the arguments one by one, v an array; p searches PATH; e gets an environment.
    // 3. What comes after the call is reached only if it failed: a message, and 127 or 126 (errno tells which).
    std::cerr << "not written yet\n";
    return 1;
}

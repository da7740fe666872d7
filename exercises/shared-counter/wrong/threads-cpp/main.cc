#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

int main(int argc, char* argv[]) {
    int n = 0, m = 0;
    try {
        size_t a, b;
        if (argc != 3) throw 0;
        n = std::stoi(argv[1], &a);
        m = std::stoi(argv[2], &b);
        if (argv[1][a] != '\0' || argv[2][b] != '\0') throw 0;
    } catch (...) {
        std::cerr << "usage: " << argv[0] << " N M" << std::endl;
        return 2;
    }
    std::atomic<int> counter{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < n; i++)
        threads.emplace_back([&] {
            for (int j = 0; j < m; j++) counter++;
        });
    for (std::thread& thread : threads) thread.join();
    std::cout << counter << std::endl;
}

// N processes add 1 to one counter, M times each: a mutex that processes share guards it.
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <new>
#include <optional>
#include <string_view>

// A std::mutex may be used by one process only; this one says that it is shared.
class SharedMutex {
public:
    SharedMutex() {
        pthread_mutexattr_t attributes;
        pthread_mutexattr_init(&attributes);
        pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
        pthread_mutex_init(&mutex_, &attributes);
        pthread_mutexattr_destroy(&attributes);
    }
    void lock() { pthread_mutex_lock(&mutex_); }
    void unlock() { pthread_mutex_unlock(&mutex_); }

private:
    pthread_mutex_t mutex_;
};

struct Counter {
    SharedMutex mutex;
    long value = 0;

    void Add() {
        const std::lock_guard hold(mutex);
        ++value;
    }
};

std::optional<int> NumberIn(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
    if (error != std::errc() || end != text.end() || number < 0) return std::nullopt;
    return number;
}

int main(int argc, char* argv[]) {
    const auto children = argc == 3 ? NumberIn(argv[1]) : std::nullopt;
    const auto times = argc == 3 ? NumberIn(argv[2]) : std::nullopt;
    if (!children || !times) {
        std::cerr << "usage: " << argv[0] << " N M\n";
        return 2;
    }
    void* memory = mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    auto* counter = new (memory) Counter;
    bool failed = false;
    for (int i = 0; i < *children && !failed; ++i) {
        const pid_t pid = fork();
        if (pid == 0) {
            for (int j = 0; j < *times; ++j) counter->Add();
            _exit(0);
        }
        failed = pid == -1;
    }
    if (failed) perror("fork");
    while (wait(nullptr) > 0) {
    }
    if (failed) return 1;
    std::cout << counter->value << '\n';
}

// A producer reads lines into a ring of 8 slots in shared memory, a consumer prints them.
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <new>
#include <optional>
#include <string>
#include <string_view>

// A std::counting_semaphore may be used within one process only.
class Semaphore {
public:
    explicit Semaphore(unsigned value) { sem_init(&semaphore_, 1, value); }
    void Acquire() { sem_wait(&semaphore_); }
    void Release() { sem_post(&semaphore_); }

private:
    sem_t semaphore_;
};

class Ring {
public:
    // Waits for a free slot. Nothing: the end of the input. Called by the producer only.
    void Put(std::optional<std::string_view> line) {
        free_.Acquire();
        Slot& slot = slots_[put_++ % slots_.size()];
        slot.end = !line.has_value();
        slot.length = line ? std::min(line->size(), slot.text.size()) : 0;
        if (line) std::copy_n(line->begin(), slot.length, slot.text.begin());
        filled_.Release();
    }
    // Waits for a filled one. Called by the consumer only.
    std::optional<std::string> Take() {
        filled_.Acquire();
        const Slot& slot = slots_[taken_++ % slots_.size()];
        std::optional<std::string> line;
        if (!slot.end) line.emplace(slot.text.data(), slot.length);
        free_.Release();
        return line;
    }

private:
    struct Slot {
        bool end;
        size_t length;
        std::array<char, 4096> text;
    };
    Semaphore free_{8};
    Semaphore filled_{0};
    size_t put_ = 0, taken_ = 0;
    std::array<Slot, 8> slots_;
};

int main() {
    void* memory = mmap(nullptr, sizeof(Ring), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    Ring& ring = *new (memory) Ring;
    const pid_t consumer = fork();
    if (consumer == -1) {
        perror("fork");
        return 1;
    }
    if (consumer == 0) {
        while (const auto line = ring.Take()) std::cout << *line << std::endl;
        return 0;
    }
    for (std::string line; std::getline(std::cin, line);) ring.Put(line);
    ring.Put(std::nullopt);
    waitpid(consumer, nullptr, 0);
}

// kill SIGNAL PID, by number or by name.
#include <charconv>
#include <csignal>
#include <cstring>
#include <iostream>
#include <optional>
#include <string_view>

// The number in a text that holds nothing else.
std::optional<int> NumberIn(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
    if (error != std::errc() || end != text.end()) return std::nullopt;
    return number;
}

std::optional<int> SignalCalled(std::string_view text) {
    if (const auto number = NumberIn(text)) {
        if (*number < 1 || *number > SIGRTMAX) return std::nullopt;
        return number;
    }
    if (text.starts_with("SIG")) text.remove_prefix(3);
    for (int signal = 1; signal < NSIG; ++signal) {
        const char* name = sigabbrev_np(signal);
        if (name != nullptr && text == name) return signal;
    }
    return std::nullopt;
}

int main(int argc, char* argv[]) {
    const auto pid = argc == 3 ? NumberIn(argv[2]) : std::nullopt;
    if (pid.value_or(0) <= 0) {
        std::cerr << "usage: " << argv[0] << " SIGNAL PID\n";
        return 2;
    }
    const auto signal = SignalCalled(argv[1]);
    if (!signal) {
        std::cerr << argv[1] << ": no such signal\n";
        return 1;
    }
    if (kill(*pid, *signal) == -1) {
        std::cerr << "process " << *pid << ": " << std::strerror(errno) << '\n';
        return 1;
    }
}

// Two processes play ping-pong: SIGUSR1 is the ball on its way there, SIGUSR2 on its way back.
//
// With handlers: both signals stay blocked except inside sigsuspend(), so the handler can run only there,
// and no ball can slip in between looking whether it came and going to sleep.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace {

volatile sig_atomic_t ball_came = 0;

void TakeBall(int) { ball_came = 1; }

void Check(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
}

class Player {
 public:
  // Call it before fork(): the handlers and the blocked signals are inherited.
  Player() {
    struct sigaction action = {};
    action.sa_handler = TakeBall;
    sigset_t balls;
    sigemptyset(&balls);
    for (const int ball : {SIGUSR1, SIGUSR2}) {
      Check(sigaction(ball, &action, nullptr), "sigaction");
      sigaddset(&balls, ball);
    }
    Check(sigprocmask(SIG_BLOCK, &balls, &while_waiting_), "sigprocmask");
    sigdelset(&while_waiting_, SIGUSR1);
    sigdelset(&while_waiting_, SIGUSR2);
  }

  void WaitForBall() {
    while (ball_came == 0) sigsuspend(&while_waiting_);
    ball_came = 0;
  }

  void Hit(pid_t other, int ball, const char* word, int round) {
    std::cout << word << ' ' << round << std::endl;  // endl flushes, which a pipe needs
    Check(kill(other, ball), "kill");
  }

 private:
  sigset_t while_waiting_;
};

std::optional<int> RoundsFrom(std::string_view text) {
  int rounds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rounds);
  if (error != std::errc() || end != text.data() + text.size() || rounds < 1) return std::nullopt;
  return rounds;
}

void Play(int rounds) {
  Player player;
  const pid_t child = fork();
  Check(child, "fork");
  if (child == 0) {
    for (int round = 1; round <= rounds; ++round) {
      player.WaitForBall();
      player.Hit(getppid(), SIGUSR2, "pong", round);
    }
    return;
  }
  for (int round = 1; round <= rounds; ++round) {
    player.Hit(child, SIGUSR1, "ping", round);
    player.WaitForBall();
  }
  Check(waitpid(child, nullptr, 0), "waitpid");
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::optional<int> rounds = argc == 2 ? RoundsFrom(argv[1]) : std::nullopt;
  if (!rounds) {
    std::cerr << "usage: ping-pong ROUNDS\n";
    return 2;
  }
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Play(*rounds);
  } catch (const std::exception& error) {
    std::cerr << "ping-pong: " << error.what() << '\n';
    return 1;
  }
  return 0;
}

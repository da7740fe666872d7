// SPDX-License-Identifier: MIT
#include "scenario/terminal_settings.h"

#include <termios.h>

namespace plumbline::scenario {
namespace {

struct Flag {
  const char* name;
  tcflag_t termios::* field;
  tcflag_t bit;
};

constexpr Flag kFlags[] = {
    {"ignbrk", &termios::c_iflag, IGNBRK}, {"brkint", &termios::c_iflag, BRKINT},
    {"ignpar", &termios::c_iflag, IGNPAR}, {"parmrk", &termios::c_iflag, PARMRK},
    {"inpck", &termios::c_iflag, INPCK},   {"istrip", &termios::c_iflag, ISTRIP},
    {"inlcr", &termios::c_iflag, INLCR},   {"igncr", &termios::c_iflag, IGNCR},
    {"icrnl", &termios::c_iflag, ICRNL},   {"ixon", &termios::c_iflag, IXON},
    {"ixany", &termios::c_iflag, IXANY},   {"ixoff", &termios::c_iflag, IXOFF},
    {"iutf8", &termios::c_iflag, IUTF8},   {"opost", &termios::c_oflag, OPOST},
    {"onlcr", &termios::c_oflag, ONLCR},   {"ocrnl", &termios::c_oflag, OCRNL},
    {"onocr", &termios::c_oflag, ONOCR},   {"onlret", &termios::c_oflag, ONLRET},
    {"isig", &termios::c_lflag, ISIG},     {"icanon", &termios::c_lflag, ICANON},
    {"iexten", &termios::c_lflag, IEXTEN}, {"echo", &termios::c_lflag, ECHO},
    {"echoe", &termios::c_lflag, ECHOE},   {"echok", &termios::c_lflag, ECHOK},
    {"echonl", &termios::c_lflag, ECHONL}, {"echoctl", &termios::c_lflag, ECHOCTL},
    {"echoke", &termios::c_lflag, ECHOKE}, {"noflsh", &termios::c_lflag, NOFLSH},
    {"tostop", &termios::c_lflag, TOSTOP}, {"cread", &termios::c_cflag, CREAD},
    {"parenb", &termios::c_cflag, PARENB}, {"cstopb", &termios::c_cflag, CSTOPB},
};

struct Character {
  const char* name;
  int index;
};

constexpr Character kCharacters[] = {
    {"intr", VINTR},   {"quit", VQUIT},     {"erase", VERASE}, {"kill", VKILL},
    {"eof", VEOF},     {"susp", VSUSP},     {"start", VSTART}, {"stop", VSTOP},
    {"lnext", VLNEXT}, {"werase", VWERASE}, {"min", VMIN},     {"time", VTIME},
};

}  // namespace

std::string TerminalSettings(int terminal) {
  termios settings{};
  if (::tcgetattr(terminal, &settings) < 0) return {};
  std::string text;
  for (const Flag& flag : kFlags)
    text += std::string(flag.name) + ((settings.*flag.field & flag.bit) != 0 ? " on\n" : " off\n");
  for (const Character& character : kCharacters)
    text +=
        std::string(character.name) + " " + std::to_string(settings.c_cc[character.index]) + "\n";
  return text;
}

}  // namespace plumbline::scenario

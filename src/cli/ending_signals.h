// SPDX-License-Identifier: MIT
// The signals that ask the program to end, for who waits by Asio. A set that has them keeps them
// from ending the process.
#pragma once

#include <boost/asio/signal_set.hpp>
#include <csignal>

namespace plumbline::cli {

inline void AddEndingSignals(boost::asio::signal_set& signals) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction current{};
    // Who started us in the background or under nohup(1) ignores it for us.
    if (::sigaction(signal, nullptr, &current) == 0 && current.sa_handler != SIG_IGN)
      signals.add(signal);
  }
}

}  // namespace plumbline::cli

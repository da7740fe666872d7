// SPDX-License-Identifier: MIT
// What a step that could not happen met instead (Stuck::instead): one of these, or the bytes that
// came, in quotes, or the system's own error by its name (EACCES).
#pragma once

#include <array>

namespace plumbline::record::instead {

inline constexpr char kAllWait[] = "all programs wait";
inline constexpr char kTooLate[] = "the time for it is over";
inline constexpr char kAllEnded[] = "all programs have ended";
inline constexpr char kNobody[] = "there is no such process";
inline constexpr char kNoFile[] = "there is no such file";
inline constexpr char kOtherKind[] = "the file is of another kind";
inline constexpr char kNoTerminal[] = "there is no terminal";
inline constexpr char kNoConnection[] = "there is no such connection";
inline constexpr char kRefused[] = "connection refused";
inline constexpr char kQueueFull[] = "the queue of connections is full";
inline constexpr char kNoReader[] = "nobody has it open for reading";
inline constexpr char kEndOfFile[] = "end of file";
inline constexpr char kReset[] = "connection reset";
inline constexpr char kClosed[] = "it is closed";

inline constexpr std::array kAll{kAllWait,   kTooLate,    kAllEnded,     kNobody,  kNoFile,
                                 kOtherKind, kNoTerminal, kNoConnection, kRefused, kQueueFull,
                                 kNoReader,  kEndOfFile,  kReset,        kClosed};

}  // namespace plumbline::record::instead

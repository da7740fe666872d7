// SPDX-License-Identifier: MIT
// What others can see of a run: the same text for runs that nobody can tell apart from outside.
#pragma once

#include <string>

#include "record/recording.h"

namespace plumbline::cli {

// Outcome, streams and snapshots; without the calls themselves, their order, the time that it took,
// and what is for chance: how objects and threads are numbered, how far bytes have got, which ports
// the kernel chose (also where the program tells them), what files without a lasting name were
// called. Which descriptors are open is seen where a check looks at that; otherwise only what comes
// of it, such as an end of input that does not come. Of standard error only whether anything came.
std::string SeenOf(record::Recording recording);

// Without what depends on which process was first, too: the order of lines, and numbers of
// processes (in texts, the descent of the process stands for each).
std::string SeenLoosely(record::Recording recording);

}  // namespace plumbline::cli

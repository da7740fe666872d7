// SPDX-License-Identifier: MIT
// Python: each source is byte-compiled, so that a mistake of syntax is found before anything runs.
#include "build/scripts.h"

namespace plumbline::build {
namespace {

// Debian's, which students have; not one from somebody's home.
constexpr char kInterpreter[] = "/usr/bin/python3";
constexpr Tool kTools[] = {{kInterpreter, "python3"}};

// compile() runs nothing of the student's. Its messages are printed in GCC's form. A file with a
// null byte is a ValueError, one nested too deep a RecursionError or a MemoryError.
constexpr char kChecker[] = R"(
import sys, warnings

def show(path, line, column, severity, text):
    print(f"{path}:{max(line or 1, 1)}:{max(column or 1, 1)}: {severity}: {' '.join(str(text).split())}", flush=True)

failed = False
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        source = file.read()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            compile(source, path, "exec", dont_inherit=True)
        except SyntaxError as error:
            show(path, error.lineno, error.offset, "error", error.msg)
            failed = True
        except (ValueError, OverflowError, RecursionError, MemoryError) as error:
            show(path, 1, 1, "error", str(error) or type(error).__name__)
            failed = True
    for warning in seen:
        show(path, warning.lineno, 1, "warning", warning.message)
sys.exit(failed)
)";

}  // namespace

Toolchain PythonToolchain() {
  return ScriptToolchain({.language = "py",
                          .interpreter = kInterpreter,
                          .tools = kTools,
                          .shown = {"python3", "-m", "py_compile"},
                          // Isolated: no module of the student's is imported, no cache is written.
                          .checker = {kInterpreter, "-I", "-S", "-B", "-c", kChecker},
                          .one_by_one = false});
}

}  // namespace plumbline::build

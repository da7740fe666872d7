// SPDX-License-Identifier: MIT
// Includes files of the machine and of the grader, whose lines the compiler would then quote.
#include "@FILE@"
#include "/etc/shadow"
#include "/etc/ssl/private/ssl-cert-snakeoil.key"
#include "@EXERCISE@/exercise.yaml"
#include "@EXERCISE@/solutions/secret/main.sh"
#include "/proc/1/environ"
#include "/proc/self/environ"
int main(void) { return 0; }

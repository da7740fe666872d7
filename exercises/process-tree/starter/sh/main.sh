#!/bin/bash
# root has two children, A and B; A has one, C.
# 1. Print root's line ($BASHPID, $PPID).
# 2. Start A in the background: ( ... ) &. A prints its line and starts C, which prints its own.
# 3. Start B in the background, which prints its line.
# 4. Each of them stays until the input of root is over.
# 5. Each parent waits for its own children; root ends with 0.
echo "not written yet" >&2
exit 1

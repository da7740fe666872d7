#!/bin/bash
# Ctrl-S and Ctrl-Q: without argument the terminal's business, with "raw" the script's.
# 1. Without argument: print line 1 to line 2000. The terminal does the rest.
# 2. With "raw": keep the terminal's settings (stty -g), and see to it that they are put back at the end, also after SIGTERM (trap).
# 3. stty -ixon -icanon -echo, and read the keys one by one (read -N 1).
# 4. Print got ^S for $'\x13' and got ^Q for $'\x11'; end at q and at $'\x04'.
echo "not written yet" >&2
exit 3

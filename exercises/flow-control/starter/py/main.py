"""Ctrl-S and Ctrl-Q: without argument the terminal's business, with "raw" the program's."""
import sys

# 1. Without argument: print line 1 to line 2000. The terminal does the rest.
# 2. With "raw": keep the terminal's settings (termios.tcgetattr), and see to it that they are put back at the end, also after SIGTERM.
# 3. Take IXON, ICANON and ECHO away (termios.tcsetattr), and read the keys one by one (os.read).
# 4. Print got ^S for byte 0x13 and got ^Q for 0x11; end at q and at byte 4.
print("not written yet", file=sys.stderr)
sys.exit(3)

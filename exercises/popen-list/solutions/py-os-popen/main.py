"""With os.popen, which runs a shell: so the name is quoted for it."""
import os
import shlex
import sys

if len(sys.argv) != 2:
    sys.stderr.write("one directory, please\n")
    sys.exit(2)
try:
    ls = os.popen("ls -a " + shlex.quote(sys.argv[1]))
except OSError as error:
    sys.exit(f"cannot start ls: {error}")
for number, line in enumerate(ls.read().splitlines()):
    print(f"{number + 1}: {line}")
status = os.waitstatus_to_exitcode(ls.close() or 0)  # None stands for 0
print(f"status {status}")
sys.exit(status)

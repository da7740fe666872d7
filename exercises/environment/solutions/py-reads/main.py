"""The program reads what env says through a pipe, and hands it on itself; posix_spawn joins env to it."""
import os
import sys

changed = os.environ.copy()
changed["LAB_TOKEN"] = "child"
changed["LAB_EXTRA"] = "1"
out, into = os.pipe()
try:
    child = os.posix_spawn("/usr/bin/env", ["env"], changed, file_actions=[(os.POSIX_SPAWN_DUP2, into, 1)])
except OSError as error:
    sys.exit(str(error))
os.close(into)
with open(out) as said:
    sys.stdout.write(said.read())
os.waitpid(child, 0)
print("LAB_TOKEN=", os.environ["LAB_TOKEN"], sep="")

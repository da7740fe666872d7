# The child is stopped, and the program ends: it stays there, stopped, for ever.
import os
import signal
import sys
import time

ticks, told = os.pipe()
try:
    child = os.fork()
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
if child == 0:
    while True:
        print("tick", flush=True)
        os.write(told, b".")
        time.sleep(1)

os.read(ticks, 1)
os.read(ticks, 1)
os.kill(child, signal.SIGSTOP)
os.waitpid(child, os.WUNTRACED)
print("stopped", flush=True)

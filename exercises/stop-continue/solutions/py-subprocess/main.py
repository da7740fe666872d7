"""The child is another Python, and what it prints comes through the parent. Popen tells a signal as a negative status."""
import os
import signal
import subprocess
import sys

TICK = """
import time
while True:
    print("tick", flush=True)
    time.sleep(1)
"""

try:
    child = subprocess.Popen([sys.executable, "-c", TICK], stdout=subprocess.PIPE, text=True)
except OSError as error:
    sys.exit(f"no child: {error}")

for _ in range(2):
    print(child.stdout.readline(), end="", flush=True)
child.send_signal(signal.SIGSTOP)
os.waitpid(child.pid, os.WUNTRACED)
print("stopped", flush=True)
child.send_signal(signal.SIGCONT)
print(child.stdout.readline(), end="", flush=True)  # it ticks, so it runs
print("continued", flush=True)
child.terminate()
print("killed by", -child.wait())

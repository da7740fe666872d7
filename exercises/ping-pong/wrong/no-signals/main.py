# The right lines in the right order, by two pipes: not one signal is sent.
import os
import sys

try:
    rounds = int(sys.argv[1])
    if len(sys.argv) > 2 or rounds < 1:
        raise ValueError
except (IndexError, ValueError):
    print("usage: ping-pong ROUNDS", file=sys.stderr)
    sys.exit(2)

ping_read, ping_write = os.pipe()
pong_read, pong_write = os.pipe()
try:
    pid = os.fork()
except OSError as error:
    sys.exit(error.strerror)
for i in range(1, rounds + 1):
    if pid == 0:
        os.read(ping_read, 1)
        print("pong", i, flush=True)
        os.write(pong_write, b".")
    else:
        print("ping", i, flush=True)
        os.write(ping_write, b".")
        os.read(pong_read, 1)
if pid:
    os.wait()

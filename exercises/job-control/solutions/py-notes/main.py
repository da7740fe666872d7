"""The handlers only leave a note, which is looked at once a second: so a tick may come before `paused` or `bye`."""
import os
import signal
import time

notes = set()


def leave_note(number, frame):
    notes.add(number)


signal.signal(signal.SIGTSTP, leave_note)
signal.signal(signal.SIGINT, leave_note)
n = 0
while signal.SIGINT not in notes:
    if signal.SIGTSTP in notes:
        notes.discard(signal.SIGTSTP)
        print("paused", flush=True)
        os.kill(os.getpid(), signal.SIGSTOP)
        print("resumed", flush=True)
    time.sleep(1)
    n += 1
    print(f"tick {n}", flush=True)
print(f"bye {n}", flush=True)

"""The same with the bare calls: after fork os.environ is a copy, and exec takes it from there."""
import os
import sys

try:
    pid = os.fork()
except OSError as error:
    sys.exit(f"fork: {error.strerror}")
if pid == 0:
    try:
        os.environ.update(LAB_TOKEN="child", LAB_EXTRA="1")
        os.execlp("env", "env")
    except OSError as error:
        os.write(2, f"env: {error.strerror}\n".encode())
    finally:
        os._exit(127)
os.waitpid(pid, 0)
print(f"LAB_TOKEN={os.getenv('LAB_TOKEN')}")

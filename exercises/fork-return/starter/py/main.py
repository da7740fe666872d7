"""One fork, two processes: what does each of them do?"""

# 1. Call os.fork(), once, and keep what it returns. If it fails (OSError): a message on stderr and status 1.
# 2. In the child: print its line and end with status 7.
# 3. In the parent: wait for the child, then print the two lines.
print("not written yet")

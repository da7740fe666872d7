#!/bin/bash
# follow: prints a file and whatever is appended to it.

# 1. One argument, a file; anything else: a message on stderr and status 2. No such file: a message and status 1.
# 2. Say what happens on TERM (help trap).
# 3. Print what there is. Then look again, once a second at most, and print what is new.
#    How do you know that the file has become shorter?
echo "follow: not written yet" >&2
exit 1

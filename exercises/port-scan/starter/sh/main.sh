#!/bin/bash
# port-scan HOST FIRST LAST: tells which TCP ports of a host are open.

# 1. Check the arguments (wrong usage: a message on stderr, exit status 2).
# 2. For each port from FIRST to LAST: try to connect (/dev/tcp/HOST/PORT, ncat), for two seconds at most; print
#    "PORT open" if it worked.
echo "not written yet"

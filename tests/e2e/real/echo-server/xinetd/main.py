# SPDX-License-Identifier: MIT
# The echo of xinetd itself, on a port that a service of another name has.
import os
import sys

configuration = f"""
service echo
{{
    type        = INTERNAL UNLISTED
    id          = echo-stream
    socket_type = stream
    protocol    = tcp
    user        = student
    wait        = no
    bind        = 127.0.0.1
    port        = {sys.argv[1]}
}}
"""
with open("xinetd.conf", "w") as file:
    file.write(configuration)
os.execvp("xinetd", ["xinetd", "-dontfork", "-stayalive", "-f", "xinetd.conf", "-pidfile", "/lab/xinetd.pid"])

# SPDX-License-Identifier: MIT
# xinetd reads a form of its own: it is made of CONFIG, once.
import os
import shutil
import sys

services = ""
with open(sys.argv[1]) as lines:
    for line in lines:
        words = line.split()
        if len(words) < 3 or words[0].startswith("#"):
            continue
        port, state, command, *arguments = words
        services += f"""
service service-{port}
{{
    type        = UNLISTED
    socket_type = stream
    protocol    = tcp
    user        = student
    wait        = no
    bind        = 127.0.0.1
    port        = {port}
    disable     = {"no" if state == "on" else "yes"}
    server      = {shutil.which(command) or "/usr/bin/" + command}
    {"server_args = " + " ".join(arguments) if arguments else ""}
}}
"""
with open("xinetd.conf", "w") as file:
    file.write(services)
os.execvp("xinetd", ["xinetd", "-dontfork", "-stayalive", "-f", os.path.abspath("xinetd.conf"), "-pidfile", "/lab/xinetd.pid"])

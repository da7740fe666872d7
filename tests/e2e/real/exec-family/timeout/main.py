# SPDX-License-Identifier: MIT
import os
import sys

variant, *command = sys.argv[1:]
environment = {"LAB": "1"} if variant.endswith("e") else os.environ
os.execve("/usr/bin/timeout", ["timeout", "1h", *command], environment)

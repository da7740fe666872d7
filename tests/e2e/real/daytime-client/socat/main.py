# SPDX-License-Identifier: MIT
import os
import sys

os.execvp("socat", ["socat", "-u", f"TCP:{sys.argv[1]}:{sys.argv[2]}", "STDOUT"])

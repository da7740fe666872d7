# SPDX-License-Identifier: MIT
import os
import sys

os.execvp("socat", ["socat", "STDIO", f"UNIX-CONNECT:{sys.argv[1]}"])

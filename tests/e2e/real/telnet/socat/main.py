# SPDX-License-Identifier: MIT
import os
import sys

os.execvp("socat", ["socat", "STDIO", f"TCP:{sys.argv[1]}:{sys.argv[2]}"])

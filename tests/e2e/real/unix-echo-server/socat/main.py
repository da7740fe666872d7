# SPDX-License-Identifier: MIT
import os
import sys

os.execvp("socat", ["socat", f"UNIX-LISTEN:{sys.argv[1]},fork", "EXEC:cat"])

# SPDX-License-Identifier: MIT
import os
import sys

address = f"TCP-LISTEN:{sys.argv[1]},bind=127.0.0.1,reuseaddr,fork"
os.execvp("socat", ["socat", address, "EXEC:cat"])

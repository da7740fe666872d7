# SPDX-License-Identifier: MIT
import os
import sys

os.execvp("ncat", ["ncat", "--listen", "--keep-open", "--exec", "/bin/cat", "127.0.0.1", sys.argv[1]])

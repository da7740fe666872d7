# SPDX-License-Identifier: MIT
import os
import sys

os.execvp("busybox", ["busybox", "nc", "-ll", "-p", sys.argv[1], "-e", "cat"])

#!/usr/bin/env python3
"""minishell-traces: a small shell with jobs."""

import sys


def main():
    # 1. Read a line and cut it into words; `&` at its end means: in the background. End of input, or `quit`: end all jobs.
    # 2. A child for each command, in a process group of its own. What has it inherited that the command must not have?
    # 3. In the foreground: wait until it ends or stops. In the background: remember it, print its line.
    # 4. Who looks after the jobs in the background when they end, and when?
    # 5. jobs, bg, fg.
    # 6. On a terminal: who gets Ctrl-C and Ctrl-Z?
    sys.exit("minishell-traces: not written yet")


main()

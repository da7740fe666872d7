#!/bin/bash
# Three jobs in the background.
# 1. Start sleep 99999 in the background, three times. Keep each PID: $! is that of the last job.
# 2. Print the three PIDs, one a line.
# 3. Terminate the three (kill).
# 4. Wait until they have ended (wait).
# 5. Print done and end with 0.
echo "not written yet" >&2
exit 1

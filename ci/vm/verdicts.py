# SPDX-License-Identifier: MIT
"""The part of a grade (plumbline check --json, on standard input) that must be the same on every machine."""

import json
import sys

grade = json.load(sys.stdin)
print(grade["points"])
for check in grade["checks"]:
    print(check["id"], check["verdict"], [finding["code"] for finding in check["findings"]])

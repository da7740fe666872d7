# SPDX-License-Identifier: MIT
"""Passes ctest's output through; before its closing lines, names the tests that CI may not skip.

    ctest --output-junit REPORT ... | python3 ci/closing_lines.py REPORT

A test that cannot run here says why in a skip whose text begins with "needs:". At home that is
shown and forgiven; with CI=true in the environment the exit status is 1.
"""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree

CLOSING = re.compile(r"^\d+% tests passed, ")
NEEDS = re.compile(r"needs: *[^\n]+")


def skipped_for_want(report):
    """(test, what it needs) for each test that was skipped for want of a facility."""
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        if case.find("skipped") is None:
            continue
        said = NEEDS.search(case.findtext("system-out") or "")
        if said:
            yield case.get("name"), said.group()


def main():
    closing = []
    for line in sys.stdin:
        if closing or CLOSING.match(line):
            closing.append(line)
        else:
            print(line, end="", flush=True)
    strict = os.environ.get("CI") == "true"
    wanting = []
    if os.path.exists(sys.argv[1]):
        wanting = list(skipped_for_want(sys.argv[1]))
    for name, needs in wanting:
        print(f"{'not run' if strict else 'skipped'}: {name}: {needs}")
    if wanting and strict:
        print("These tests must run in CI; give the machine what they need.")
    print("".join(closing), end="", flush=True)
    return 1 if wanting and strict else 0


if __name__ == "__main__":
    sys.exit(main())

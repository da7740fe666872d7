# SPDX-License-Identifier: MIT
"""Passes ctest's output through; before its closing lines, says again what failed tests said, and names
the tests that CI may not skip. So a log of which only the end was kept tells why.

    ctest --output-junit REPORT ... | python3 ci/closing_lines.py REPORT

A test that cannot run here says why in a skip whose text begins with "needs:". At home that is
shown and forgiven; with CI=true in the environment the exit status is 1.
"""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree

CLOSING = re.compile(r"^\d+% tests passed, ")
# Where what a test of GoogleTest or of Python says of its failure begins.
FAILURE = re.compile(r": Failure$|^(FAIL|ERROR): |^Traceback ")
MOST_FAILURES = 4
MOST_LINES = 12
NEEDS = re.compile(r"needs: *[^\n]+")


def failures(cases):
    """(test, the lines that say why) for each test that failed, the first few."""
    failed = [case for case in cases if case.find("failure") is not None]
    for case in failed[:MOST_FAILURES]:
        lines = (case.findtext("system-out") or "").rstrip().splitlines() or ["(it said nothing)"]
        begin = next((n for n, line in enumerate(lines) if FAILURE.search(line)), len(lines) - MOST_LINES)
        yield case.get("name"), lines[max(begin, 0):][:MOST_LINES]


def skipped_for_want(cases):
    """(test, what it needs) for each test that was skipped for want of a facility."""
    for case in cases:
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
    cases = []
    if os.path.exists(sys.argv[1]):
        cases = list(ElementTree.parse(sys.argv[1]).getroot().iter("testcase"))
    for name, lines in failures(cases):
        print(f"failed: {name}", *lines, sep="\n  ")
    wanting = list(skipped_for_want(cases))
    for name, needs in wanting:
        print(f"{'not run' if strict else 'skipped'}: {name}: {needs}")
    if wanting and strict:
        print("These tests must run in CI; give the machine what they need.")
    print("".join(closing), end="", flush=True)
    return 1 if wanting and strict else 0


if __name__ == "__main__":
    sys.exit(main())

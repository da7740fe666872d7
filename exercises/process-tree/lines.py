#!/usr/bin/env python3
"""Each of the four printed its own line, whatever else was started: each number is compared with the processes of the run."""
import json
import re
import sys

run = json.load(sys.stdin)["canonical"]
sizes = run["snapshots"].get("together", {}).get("stream_sizes", {})
size = sizes.get("submission.stdout", {}).get("size", 0)
output = run["streams"].get("submission.stdout", {}).get("bytes", "")
text = output.encode()[:size].decode(errors="replace") if isinstance(output, str) else ""
processes = {process["pid"]: process for process in run["processes"]}

lines = text.splitlines()
found = [re.fullmatch(r"(root|A|B|C) pid (\d{1,9}) ppid (\d{1,9})", line) for line in lines]
numbers = {match[1]: (int(match[2]), int(match[3])) for match in found if match}


def is_child(name, parent):
    pid, ppid = numbers[name]
    return pid in processes and processes[pid].get("parent_pid") == ppid == parent


passed = all(found) and len(lines) == len(numbers) == 4 and text.endswith("\n")
if passed:
    root = run["processes"][0]
    passed = (
        numbers["root"] == (root["pid"], root.get("parent_pid"))
        and is_child("A", root["pid"])
        and is_child("B", root["pid"])
        and is_child("C", numbers["A"][0])
        and len({pid for pid, _ in numbers.values()}) == 4
    )
answer = {"passed": passed}
if not passed:
    answer.update(
        code="wrong-text",
        what={
            "en": "The lines are not the four that they should be.",
            "ca": "Les línies no són les quatre que haurien de ser.",
            "es": "Las líneas no son las cuatro que deberían ser.",
        },
        evidence=lines[:8],
    )
print(json.dumps(answer))

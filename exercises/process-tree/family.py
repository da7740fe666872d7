#!/usr/bin/env python3
"""root, A, B and C live together, whatever else was started.

They are told by the PIDs that they printed; where those are wrong, which is another check's matter, any such family will do.
"""
import json
import re
import sys

run = json.load(sys.stdin)["canonical"]
output = run["streams"].get("submission.stdout", {}).get("bytes", "")
text = output if isinstance(output, str) else ""
printed = {name: int(pid) for name, pid in re.findall(r"^(A|B|C) pid (\d{1,9}) ", text, re.M)}
index = {process["pid"]: i for i, process in enumerate(run["processes"])}
parents = {
    state.get("process", -1): state.get("parent", -1)
    for state in run["snapshots"].get("together", {}).get("processes", [])
    if state["state"] != "zombie"
}
a, b, c = (index.get(printed.get(name)) for name in "ABC")
if None in (a, b, c) or len({a, b, c, 0}) < 4:
    c = next((who for who, parent in parents.items() if parents.get(parent) == 0), None)
    a = parents.get(c)
    b = next((who for who, parent in parents.items() if parent == 0 and who != a), None)
passed = 0 in parents and c in parents and b in parents and parents.get(a) == parents[b] == 0 and parents[c] == a
answer = {"passed": passed}
if not passed:
    answer.update(
        code="too-few",
        what={
            "en": "The four do not live together as one family.",
            "ca": "Els quatre no viuen alhora com una família.",
            "es": "Los cuatro no viven a la vez como una familia.",
        },
        evidence=[f"{name} pid {pid}" for name, pid in printed.items()],
    )
print(json.dumps(answer))

# SPDX-License-Identifier: MIT
"""Holds the tree to the rules that a compiler does not know.

    python3 ci/layering.py [ROOT]

Prints one line a broken rule, "file:line: what is wrong", and ends with 1 if there is any. The
include table below is the one of src/README.md; whoever changes one changes both.
"""

import io
import os
import re
import sys
import tokenize

# What a stage includes directly; what those include comes along.
INCLUDES = {
    "base": [],
    "spec": ["base"],
    "record": ["base"],
    "sandbox": ["base"],
    "build": ["sandbox"],
    "trace": ["sandbox", "record"],
    "scenario": ["spec", "record", "build", "trace"],
    "evaluate": ["spec", "record"],
    "report": ["evaluate"],
    "gradebook": ["evaluate"],
}

# Libraries that one stage alone may see.
OWNED = {"yaml-cpp": "spec", "CLI": "cli"}
MOST_UNITS_WITH_PROCESS = 2

TOP_LEVEL = {"CMakeLists.txt", "README.md", "LICENSE", "src", "exercises", "graders", "tests", "ci"}

# Programs that are watched, not part of the grader: time may be what they are about. And the one
# place where the grader is to be late.
WATCHED = ("tests/tracees/", "tests/hostile/", "tests/e2e/real/", "src/trace/lateness.cc")
TIME_IS_SUBJECT = "plumbline: subject is time"

# Not ours once they are there: modules, and the exercises that `new` gives away.
NOT_OURS = ("node_modules", "__pycache__", "skeletons")

CODE = (".c", ".cc", ".cpp", ".h", ".hpp")
SCRIPTS = (".py", ".sh", ".js", ".mjs", ".cmake", ".fish")
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME"]) + r")\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SLEEPS = {
    "c": re.compile(r"\b(sleep_for|sleep_until|(?:u|nano|clock_nano)?sleep)\s*\("),
    "py": re.compile(r"\bsleep\s*\("),
    "sh": re.compile(r"(?:^|[;&|({]|\bdo\b|\bthen\b|\belse\b)\s*(?:\w+=\S*\s+)*sleep\b"),
    "js": re.compile(r"\bsleep\s*\(|\bawait\b.*\b(?:sleep|setTimeout)\b"),
}


def closure():
    """INCLUDES with what comes along, and each stage itself."""
    whole = {}
    for stage, direct in INCLUDES.items():
        whole[stage] = {stage}.union(*(whole[other] for other in direct))
    return whole


ALLOWED = closure()


def files_below(root, *folders):
    for folder in folders:
        for directory, names, files in os.walk(os.path.join(root, folder)):
            names[:] = sorted(n for n in names if n not in NOT_OURS)
            for name in sorted(files):
                yield os.path.relpath(os.path.join(directory, name), root)


def language(path, text):
    """c, py, sh, js, or another word for what has comments but is not scanned for sleeps."""
    extension = os.path.splitext(path)[1]
    if extension in CODE:
        return "c"
    for known, word in ((".py", "py"), (".sh", "sh"), (".js", "js"), (".mjs", "js")):
        if extension == known:
            return word
    first = text.split("\n", 1)[0]
    if first.startswith("#!"):
        return "py" if "python" in first else "sh" if re.search(r"\b(ba|da|z)?sh\b", first) else "other"
    if extension in SCRIPTS or os.path.basename(path) == "CMakeLists.txt":
        return "other"
    return ""


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def without_words(text, word):
    """The text with comments and literals blanked, line for line."""
    if word in ("c", "js"):
        pattern = r'//[^\n]*|/\*.*?\*/|R"\((?:.*?)\)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
        # A digit separator (1'000) is not the start of a character.
        return re.sub(r"(?<=\d)'(?=\d)|" + pattern, blank, text, flags=re.S)
    if word == "sh":
        return re.sub(r"(?:(?<=\s)|^)#[^\n]*|'[^']*'", blank, text, flags=re.M)
    if word == "py":
        return python_without_words(text)
    return text


def python_without_words(text):
    lines = [list(line) for line in text.split("\n")]
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in (tokenize.STRING, tokenize.COMMENT):
                continue
            (first, start), (last, end) = token.start, token.end
            for number in range(first - 1, last):
                low = start if number == first - 1 else 0
                high = end if number == last - 1 else len(lines[number])
                lines[number][low:high] = " " * (high - low)
    except (tokenize.TokenError, IndentationError):
        return text
    return "\n".join("".join(line) for line in lines)


def check_includes(path, text):
    """Include rules of one file of src/ or graders/."""
    parts = path.split(os.sep)
    place = parts[1] if len(parts) > 2 else ""
    for number, line in enumerate(text.split("\n"), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        target = found.group(2)
        head = target.split("/")[0]
        if head in OWNED and not (parts[0] == "src" and place == OWNED[head]):
            yield path, number, f"only src/{OWNED[head]} may include {head}"
        if found.group(1) == '"':
            complaint = wrong_include(parts[0], place, target)
            if complaint:
                yield path, number, complaint


def wrong_include(tree, place, target):
    head, *rest = target.split("/")
    if not rest or head in (".", ".."):
        return f'include "{target}" by its whole path, from src/ or from the top'
    if tree == "graders":
        if head == "graders":
            # builtin.cc, which stands in no topic's folder, lists them all.
            if place and len(rest) > 1 and rest[0] != place:
                return f"graders/{place} may not include another topic, {target}"
            return ""
        allowed = ALLOWED["evaluate"]
        name = f"graders/{place}".rstrip("/")
    else:
        if place == "cli":
            allowed = set(INCLUDES) | {"cli"}
            if head == "graders":
                return "" if len(rest) == 1 else "cli knows the graders through graders/builtin.h"
        else:
            allowed = ALLOWED.get(place, set())
        name = f"src/{place}"
    if head not in allowed:
        return f"{name} may not include {target}"
    return ""


def check_text(path, text):
    """Rules of any one file of ours."""
    word = language(path, text)
    if word and "SPDX-License-Identifier: MIT" not in "\n".join(text.split("\n")[:3]):
        yield path, 1, "no SPDX line at its head"
    for number, line in enumerate(text.split("\n"), 1):
        if UNFINISHED.search(line):
            yield path, number, "unfinished work is finished, or is not there"
    if word in SLEEPS and not (path.startswith(WATCHED) and TIME_IS_SUBJECT in text):
        for number, line in enumerate(without_words(text, word).split("\n"), 1):
            if SLEEPS[word].search(line):
                yield path, number, "nothing is synchronised by sleeping"


def read(root, path):
    with open(os.path.join(root, path), "rb") as file:
        content = file.read()
    return None if b"\0" in content else content.decode("utf-8", "replace")


def complaints(root):
    for name in sorted(os.listdir(root)):
        if not name.startswith(".") and name not in TOP_LEVEL:
            yield name, 1, "the top level is fixed; this belongs into one of its folders"
    with_process = []
    for path in files_below(root, "src", "graders", "tests", "ci", ".ci"):
        text = read(root, path)
        if text is None:
            continue
        yield from check_text(path, text)
        if path.startswith(("src/", "graders/")) and path.endswith(CODE):
            yield from check_includes(path, text)
            if re.search(r'#\s*include\s*[<"]boost/process', text):
                with_process.append(path)
    for path in with_process[MOST_UNITS_WITH_PROCESS:]:
        yield path, 1, f"more than {MOST_UNITS_WITH_PROCESS} files include boost/process (seconds each)"


def main():
    default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    root = sys.argv[1] if len(sys.argv) > 1 else default
    found = list(complaints(root))
    for path, line, what in found:
        print(f"{path}:{line}: {what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

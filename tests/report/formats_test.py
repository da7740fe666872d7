#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Reports are what their readers take: schemas, and parsers as the readers' documentation has them.

    formats_test.py FOLDER_OF_GOLDEN_FILES FOLDER_OF_NODE_MODULES
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

try:
    import jsonschema
except ImportError as missing:
    print(f"needs: python3-{missing.name} (ci/setup --for test)")
    sys.exit(0)
if shutil.which("xmllint") is None:
    print("needs: xmllint of libxml2-utils (ci/setup --for test)")
    sys.exit(0)

FOLDER, MODULES = (pathlib.Path(argument) for argument in (sys.argv.pop(1), sys.argv.pop(1)))
if not (MODULES / "ctrf").is_dir():
    print("needs: the packages of tests/npm")
    sys.exit(0)
SCHEMAS = pathlib.Path(__file__).resolve().parent / "schemas"
HOSTILE = "hostile"


def reports(ending):
    found = {path.name.removesuffix(ending): path for path in sorted(FOLDER.glob("*" + ending))}
    assert HOSTILE in found and "hang.en" in found, ending
    return found


def grade(name):
    """The canonical document that the report of this name is of; None for the hostile one."""
    path = FOLDER.parent / (name + ".json")
    return json.loads(path.read_text("utf-8")) if path.exists() else None


class Junit(unittest.TestCase):
    def test_keeps_to_the_schema(self):
        for path in reports(".junit.xml").values():
            run = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMAS / "junit.xsd", path],
                                 capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stderr)

    def test_counts_what_is_in_it(self):
        for name, path in reports(".junit.xml").items():
            suite = ET.parse(path).getroot().find("testsuite")
            for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                self.assertEqual(int(suite.get(attribute)), len(suite.findall(f"testcase/{element}")), name)
            self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")), name)

    def test_a_lost_grade_is_never_green(self):
        for name, path in reports(".junit.xml").items():
            if not (document := grade(name)) or document["passed"]:
                continue
            suite = ET.parse(path).getroot().find("testsuite")
            self.assertGreater(int(suite.get("failures")) + int(suite.get("errors")), 0, name)


class Documents(unittest.TestCase):
    def keep_to(self, schema, ending):
        validator = jsonschema.Draft7Validator(schema)
        validator.check_schema(schema)
        for name, path in reports(ending).items():
            document = json.loads(path.read_text("utf-8"))
            self.assertEqual([e.message for e in validator.iter_errors(document)], [], name)
            yield name, document

    def test_gradescope(self):
        schema = json.loads((SCHEMAS / "gradescope.json").read_text())
        for name, document in self.keep_to(schema, ".gradescope.json"):
            if (known := grade(name)) is None:
                continue
            self.assertEqual(document.get("score"), known["points"], name)
            if "score" in document:
                self.assertEqual(sum(t["max_score"] for t in document["tests"]), known["max_points"], name)

    def test_classroom50(self):
        schema = json.loads((SCHEMAS / "classroom50.json").read_text())
        for name, document in self.keep_to(schema, ".classroom50.json"):
            self.assertEqual(document["score"], sum(test["score"] for test in document["tests"]), name)
            if name != HOSTILE:
                self.assertEqual(document["max-score"], sum(t["max-score"] for t in document["tests"]), name)

    def test_ctrf(self):
        schema = MODULES / "ctrf" / "dist" / "ctrf-schema-0.0.json"
        for name, document in self.keep_to(json.loads(schema.read_text()), ".ctrf.json"):
            tests, summary = document["results"]["tests"], document["results"]["summary"]
            for status in ("passed", "failed", "skipped", "pending", "other"):
                self.assertEqual(summary[status], sum(t["status"] == status for t in tests), name)
            self.assertEqual(summary["tests"], len(tests), name)


# As the runner does: a line whose first word is a command, unless commands are stopped; and the older
# form, which may stand anywhere.
COMMAND = re.compile(r"^\s*::([\w-]+)(?: ([^:]*?))?::(.*)$")
OLDER = re.compile(r"##\[(\w+)")


def commands(text):
    stopped = None
    for line in text.split("\n"):
        command = COMMAND.match(line)
        if stopped:
            if command and command[1] == stopped and command[3] == "":
                stopped = None
        elif command:
            if command[1] == "stop-commands":
                stopped = command[3]
            properties = dict(pair.split("=", 1) for pair in (command[2] or "").split(",") if pair)
            yield command[1], properties, command[3]
        elif OLDER.search(line):
            yield OLDER.search(line)[1], {}, line


class Github(unittest.TestCase):
    def test_obeys_nobody_but_us(self):
        for name, path in reports(".github.txt").items():
            (first, _, token), *rest = commands(path.read_text("utf-8"))
            self.assertEqual((first, token), ("stop-commands", "plumbline-0123456789abcdef"), name)
            self.assertLessEqual({command for command, _, _ in rest}, {"error", "warning"}, name)
            for _, properties, message in rest:
                self.assertLessEqual(set(properties), {"file", "line", "title"}, name)
                self.assertTrue(message, name)

    def test_points_at_the_line(self):
        found = list(commands(reports(".github.txt")["hang.en"].read_text("utf-8")))
        self.assertIn(("lab1/main.c", "15"), [(p.get("file"), p.get("line")) for _, p, _ in found])


def vpl(text):
    """Titles of the comment, and the grades: as the documentation of VPL says, by whole lines."""
    titles, grades, inside = [], [], False
    for line in text.split("\n"):
        if line.startswith("Grade :=>>"):
            grades.append(line.removeprefix("Grade :=>>").strip())
        elif line.startswith("Comment :=>>"):
            titles.append(line)
        elif line == "<|--":
            inside = True
        elif line == "--|>":
            inside = False
        elif inside and line.startswith("-"):
            titles.append(line[1:])
        elif line and not (inside and line.startswith(">")):
            raise AssertionError(f"outside of everything: {line}")
    return titles, grades


class Vpl(unittest.TestCase):
    def test_gives_the_grade_and_nothing_else_does(self):
        for name, path in reports(".vpl.txt").items():
            text = path.read_text("utf-8")
            titles, grades = vpl(text)
            if (document := grade(name)) is None:
                self.assertEqual(grades, ["2.50"])
                self.assertEqual(text.count(":=>>"), 1)
                self.assertEqual(text.count("--|>"), 1)
                continue
            points = document["points"]
            wanted = [] if points is None else [f"{10 * points / document['max_points']:.2f}"]
            self.assertEqual(grades, wanted, name)
            self.assertEqual(len(titles), 1 + len(document["checks"]) + (not document["build"]["ok"]), name)


if __name__ == "__main__":
    unittest.main()

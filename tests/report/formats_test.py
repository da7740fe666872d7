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


# Of the page "Advanced Autograding" of foundation50/classroom50's wiki, "The result.json contract": its keys, with
# values of our own.
PUBLISHED_RESULT = {
    "schema": "classroom50/result/v1", "classroom": "so-2026", "assignment": "pipex", "assignment_type": "individual",
    "owner": "anna", "submission": "submit/2026-10-01T09-00-00Z-0123abc", "commit": "https://example.org/c/1",
    "release": "https://example.org/r/1", "review": "https://example.org/d/1", "datetime": "2026-10-01T09:00:00Z",
    "graded_at": "2026-10-01T09:01:00Z", "score": 4, "max-score": 5,
    "tests": [{"test-name": "builds", "passed": True, "score": 4, "max-score": 4},
              {"test-name": "prints", "passed": False, "score": 0, "max-score": 1}],
}
# Of docs/specs.md of gradescope/autograder_samples, and of the page that it became
# (gradescope-autograders.readthedocs.io/en/latest/specs): all keys, with values of our own.
PUBLISHED_RESULTS = {
    "score": 7.5, "execution_time": 12, "output": "about all of it", "output_format": "simple_format",
    "test_output_format": "text", "test_name_format": "text", "visibility": "after_due_date",
    "stdout_visibility": "visible", "extra_data": {},
    "tests": [{"score": 1.5, "max_score": 2.0, "status": "passed", "name": "one", "name_format": "text",
               "number": "1.1", "output": "line\nline", "output_format": "text", "tags": ["a", "b"],
               "visibility": "visible", "extra_data": {}}],
    "leaderboard": [{"name": "speed", "value": 1.5, "order": "asc"}, {"name": "stars", "value": "***"}],
}


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def why_not_collected(result):
    """What Classroom 50 refuses a result for: as validate_result() of runner.py and collect_scores.py of
    foundation50/classroom50 (cli/gh-teacher/skeleton/dotgithub/scripts) does, in words of our own."""
    # The runner stamps these before it looks.
    result = {"owner": "anna", "assignment_type": "individual", **result}
    if result.get("schema") != "classroom50/result/v1":
        yield "schema"
    for key in ("classroom", "assignment", "owner", "commit", "release", "review", "datetime"):
        if not isinstance(result.get(key), str) or not result[key]:
            yield key
    if not str(result.get("submission", "")).startswith("submit/"):
        yield "submission"
    if not isinstance(result.get("tests"), list):
        yield "tests"
        return
    for what in (result, *result["tests"]):
        if not is_count(what.get("score")) or not is_count(what.get("max-score")) or what["score"] > what["max-score"]:
            yield f"score of {what.get('test-name', 'all')}"
    for test in result["tests"]:
        if not isinstance(test.get("test-name"), str) or not test["test-name"] or not isinstance(test.get("passed"), bool):
            yield "test-name or passed"


def unlike(value, example, where=""):
    """Where a document has a key, or a type, that the example does not have there."""
    if isinstance(example, dict) and example:
        for key, inner in value.items():
            if key in example:
                yield from unlike(inner, example[key], f"{where}/{key}")
            else:
                yield f"{where}/{key}"
    elif isinstance(example, list):
        for inner in value:
            yield from unlike(inner, example[0], where)
    elif isinstance(example, str) != isinstance(value, str):
        yield f"{where}: {type(value).__name__}"


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

    def test_classroom50_collects_it(self):
        for name, path in reports(".classroom50.json").items():
            document = json.loads(path.read_text("utf-8"))
            self.assertEqual(list(why_not_collected(document)), [], name)
        # Of what is wrong with a document it finds each.
        for key, value in (("score", 9), ("score", 1.0), ("score", True), ("submission", "v1"), ("review", ""),
                           ("schema", "classroom50/result/v2"), ("owner", "")):
            self.assertTrue(list(why_not_collected({**PUBLISHED_RESULT, key: value})), key)
        tests = [{**PUBLISHED_RESULT["tests"][0], "score": 5}]
        self.assertTrue(list(why_not_collected({**PUBLISHED_RESULT, "tests": tests})))

    def test_the_published_examples_keep_to_our_schemas(self):
        stamped = {"assignment_type", "owner", "graded_at"}  # by the runner, after the autograder
        for schema, example in (("classroom50.json", {k: v for k, v in PUBLISHED_RESULT.items() if k not in stamped}),
                                ("gradescope.json", PUBLISHED_RESULTS)):
            schema = json.loads((SCHEMAS / schema).read_text())
            # What may be left out is left out of ours by nobody.
            schema.pop("required", None)
            schema["properties"]["tests"]["items"].pop("required", None)
            self.assertEqual([e.message for e in jsonschema.Draft7Validator(schema).iter_errors(example)], [])

    def test_gradescope_is_of_the_published_shape(self):
        for name, path in reports(".gradescope.json").items():
            document = json.loads(path.read_text("utf-8"))
            self.assertEqual(list(unlike(document, PUBLISHED_RESULTS)), [], name)
            # "Required if not on each test": without a grade there is neither, and Gradescope says that it failed.
            if "score" not in document:
                self.assertFalse(any("score" in test for test in document["tests"]), name)

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

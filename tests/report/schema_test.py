#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Grades keep to grade.schema.json, and the schema refuses what is no grade.

    schema_test.py grade.schema.json FOLDER_OF_GRADES

The grades are the golden files, which are what the program writes, byte for byte.
"""

import copy
import json
import pathlib
import sys
import unittest

try:
    import jsonschema
except ImportError as missing:
    print(f"needs: python3-{missing.name} (ci/setup --for test)")
    sys.exit(0)

SCHEMA, FOLDER = (pathlib.Path(argument) for argument in (sys.argv.pop(1), sys.argv.pop(1)))


def places(value, path=()):
    """Every value inside, with the way to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield path + (key,), item
            yield from places(item, path + (key,))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, path + (index,))


def parent_of(document, path):
    for step in path[:-1]:
        document = document[step]
    return document


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        cls.validator = jsonschema.Draft7Validator(cls.schema)
        cls.grades = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")}

    def valid(self, document):
        return self.validator.is_valid(document)

    def test_is_a_schema(self):
        jsonschema.Draft7Validator.check_schema(self.schema)

    def test_there_are_grades_of_each_kind(self):
        self.assertGreaterEqual(len(self.grades), 6)
        verdicts = {check["verdict"] for grade in self.grades.values() for check in grade["checks"]}
        self.assertEqual(verdicts, {"passed", "failed", "not-reached", "error"})
        self.assertIn(None, [grade["points"] for grade in self.grades.values()])
        self.assertTrue(any(s["failed_run"] for grade in self.grades.values() for s in grade["scenarios"]))

    def test_takes_every_grade(self):
        for name, grade in self.grades.items():
            problems = [f"{'.'.join(map(str, e.path))}: {e.message}" for e in self.validator.iter_errors(grade)]
            self.assertEqual(problems, [], name)

    def test_every_object_is_closed_and_whole(self):
        def objects(node):
            if isinstance(node, dict):
                if node.get("type") == "object":
                    yield node
                for item in node.values():
                    yield from objects(item)
            elif isinstance(node, list):
                for item in node:
                    yield from objects(item)
        for node in objects(self.schema):
            self.assertIs(node["additionalProperties"], False)
            self.assertEqual(sorted(node["required"]), sorted(node["properties"]))

    def test_refuses_a_grade_that_lacks_a_key(self):
        for name, grade in self.grades.items():
            for path, _ in places(grade):
                mutant = copy.deepcopy(grade)
                del parent_of(mutant, path)[path[-1]]
                self.assertFalse(self.valid(mutant), f"{name} without {path}")

    def test_refuses_a_key_that_it_does_not_know(self):
        for name, grade in self.grades.items():
            for path in [()] + [path for path, value in places(grade) if isinstance(value, dict)]:
                mutant = copy.deepcopy(grade)
                parent_of(mutant, path + ("",))["extra"] = 1
                self.assertFalse(self.valid(mutant), f"{name} with {path + ('extra',)}")

    def test_refuses_values_of_another_type(self):
        for name, grade in self.grades.items():
            for path, value in places(grade):
                mutant = copy.deepcopy(grade)
                parent_of(mutant, path)[path[-1]] = 1 if isinstance(value, (str, bool)) else "x"
                self.assertFalse(self.valid(mutant), f"{name} with another type at {path}")

    def test_refuses_words_that_are_not_in_the_contract(self):
        grade = self.grades["hang.teacher.json"]
        for path in [("schema",), ("language",), ("lang",), ("isolation",), ("scenarios", 0, "outcome"),
                     ("checks", 0, "verdict")]:
            mutant = copy.deepcopy(grade)
            parent_of(mutant, path)[path[-1]] = "no-such-word"
            self.assertFalse(self.valid(mutant), path)

    def test_refuses_numbers_below_zero(self):
        grade = self.grades["hang.teacher.json"]
        for path, value in places(grade):
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                continue
            mutant = copy.deepcopy(grade)
            parent_of(mutant, path)[path[-1]] = -1
            self.assertFalse(self.valid(mutant), path)


if __name__ == "__main__":
    unittest.main()

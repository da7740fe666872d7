# SPDX-License-Identifier: MIT
"""The loader and a validator of JSON Schema that is not ours agree on what an exercise is.

    agreement_test.py SPEC_VERDICTS SOURCE_FOLDER

Both read every exercise, every file of good/ and broken/, and thousands of mutants of good ones: a key
left out, renamed, or with a value of another type. The schema cannot see everything: whether a name is
declared, or what the small languages inside a scalar say. Those mistakes of the loader are listed here.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys
import unittest

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"needs: python3-{missing.name} (ci/setup --for test)")
    sys.exit(0)

VERDICTS, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])

# Names that are declared elsewhere in the file, files that exist, what holds between two parts.
UNSEEN = {
    "below-a-file", "count-without-n", "duplicate-id", "duplicate-name", "duplicate-port",
    "foreign-language", "judge-under", "like-cycle", "missing-file", "near-miss", "needs-cycle", "no-program", "no-scenario",
    "no-terminal", "not-a-process", "not-in-scenario", "not-scripted", "nothing-held",
    "passing-unreachable", "path-outside", "path-too-long", "reserved-name", "stdin-not-open", "text-too-large",
    "too-early", "unknown-channel", "unknown-check", "unknown-file", "unknown-peer",
    "unknown-placeholder", "unknown-program", "unknown-scenario", "unknown-snapshot", "unknown-stream",
    "unreadable-fixture", "unreadable-program",
    # Of the small languages.
    "bad-port", "bad-regex", "empty-range",
}
# Of these the schema sees some: the shape of a date, but no day that does not exist. To a reader of
# YAML 010 is ten.
HALF_SEEN = {"bad-date", "bad-edge", "bad-who", "leading-zero", "not-a-pair", "unquoted-date"}
# These are no YAML, or are lost when YAML becomes a value.
NOT_PARSED = {
    "alias", "anchor", "control-character", "duplicate-key", "empty-file", "key-no-word", "nul-byte",
    "second-document", "tab", "tag", "too-deep", "unclosed-quote", "yaml-syntax",
}


class Loader:
    """The project's own reader of exercises, asked one text after another."""

    def __init__(self):
        self.process = subprocess.Popen([VERDICTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, encoding="utf-8")

    def mistakes(self, text, folder):
        request = {"text": text, "file": "exercise.yaml", "folder": str(folder)}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


# --- YAML 1.2's core schema, by its own table, on PyYAML's nodes (which are YAML 1.1's).

CORE = [
    (re.compile(r"null|Null|NULL|~|"), lambda word: None),
    (re.compile(r"true|True|TRUE"), lambda word: True),
    (re.compile(r"false|False|FALSE"), lambda word: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), lambda word: int(word[2:], 8)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda word: int(word[2:], 16)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
]


def value_of(node):
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        # In JSON, and so for the schema, every key is a string.
        return {key.value: value_of(value) for key, value in node.value}
    if node.style is None:
        for pattern, convert in CORE:
            if pattern.fullmatch(node.value):
                return convert(node.value)
    return node.value


def parse(path):
    return value_of(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))


def part_to_judge(path, definitions):
    """How much of a path leads to the smallest part that has a schema of its own; and its name."""
    kind = path[2] if len(path) > 3 and path[0] == "checks" else None
    if path[:1] == ("scenarios",) and path[2:3] == ("steps",) and len(path) > 4:
        return 4, "step"
    if kind in definitions and "." in kind:
        return 3, kind
    if len(path) > 2 and path[0] in ("scenarios", "checks"):
        return 2, path[0][:-1]
    return 0, None


# --- Mutants

OTHERS = [7, -1, True, None, "text", "", [], {}, {"text": "text"}]


def places(value, path=()):
    """The path of every part of a value, the whole first."""
    yield path
    children = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ())
    for key, child in children:
        yield from places(child, path + (key,))


def part(value, path):
    for key in path:
        value = value[key]
    return value


def changed(value, path, change):
    """A copy in which `change` was done to the parent of the part at `path`, and that part's key."""
    clone = copy.copy(value)
    if len(path) == 1:
        change(clone, path[0])
    else:
        clone[path[0]] = changed(value[path[0]], path[1:], change)
    return clone


def rename(mapping, key):
    items = [(name + "x" if name == key else name, child) for name, child in mapping.items()]
    mapping.clear()
    mapping.update(items)


def mutants(whole):
    """(path, what was done, the mutant) for every small change of one part of a value."""
    for path in places(whole):
        if not path:
            continue
        name, old = "/".join(map(str, path)), part(whole, path)
        yield path[:-1], f"without {name}", changed(whole, path, lambda parent, key: parent.pop(key))
        if isinstance(part(whole, path[:-1]), dict):
            yield path[:-1], f"{name} has another name", changed(whole, path, rename)
        else:
            yield path[:-1], f"{name} twice", changed(
                whole, path, lambda parent, key: parent.insert(key, parent[key]))
        others = [other for other in OTHERS if (type(other), other) != (type(old), old)]
        if isinstance(old, str):
            others += sorted({old + "x", old.upper(), old.replace("-", "_")} - {old})
        for other in others:
            yield path, f"{name} is {other!r}", changed(
                whole, path, lambda parent, key: parent.__setitem__(key, other))


class AgreementTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.loader = Loader()
        text = subprocess.run([VERDICTS, "--schema"], check=True, capture_output=True).stdout
        cls.schema = json.loads(text)
        cls.validators = {None: jsonschema.Draft7Validator(cls.schema)}
        for name in cls.schema["definitions"]:
            alone = {"$ref": f"#/definitions/{name}", "definitions": cls.schema["definitions"]}
            cls.validators[name] = jsonschema.Draft7Validator(alone)

    @classmethod
    def tearDownClass(cls):
        cls.loader.close()

    def assert_agree(self, name, value, mistakes, definition=None):
        codes = {mistake["code"] for mistake in mistakes}
        refused = not self.validators[definition].is_valid(value)
        told = "".join(mistake["text"] for mistake in mistakes)
        if codes <= UNSEEN:
            self.assertFalse(refused, f"{name}: the schema refuses it, the loader only says:\n{told}"
                             + self.why(value, definition))
        elif not codes <= UNSEEN | HALF_SEEN:
            self.assertTrue(refused, f"{name}: the schema takes it, the loader says:\n{told}")

    def why(self, value, definition=None):
        errors = list(self.validators[definition].iter_errors(value))
        return "".join(f"the schema: {list(error.path)}: {error.message[:200]}\n" for error in errors[:3])

    def test_the_schema_is_one(self):
        jsonschema.Draft7Validator.check_schema(self.schema)

    def test_every_reference_of_the_schema_leads_somewhere(self):
        references = set(re.findall(r'"#/definitions/([^"]+)"', json.dumps(self.schema)))
        self.assertEqual(references, set(self.schema["definitions"]))

    def test_every_key_of_the_schema_is_described(self):
        def look(schema, path):
            if isinstance(schema, dict):
                for name, key in schema.get("properties", {}).items():
                    if "additionalProperties" in schema:
                        self.assertTrue(key.get("markdownDescription"), f"{path}/{name}")
                for name, child in schema.items():
                    look(child, f"{path}/{name}")
            elif isinstance(schema, list):
                for child in schema:
                    look(child, path)
        look(self.schema, "")

    def test_exercises(self):
        for path in sorted(SOURCE.glob("exercises/*/exercise.yaml")):
            with self.subTest(path.parent.name):
                mistakes = self.loader.mistakes(path.read_text(encoding="utf-8"), path.parent)
                self.assertEqual(mistakes, [])
                self.assertEqual(self.why(parse(path)), "")

    def test_broken_files(self):
        compared = 0
        for path in sorted(SOURCE.glob("tests/spec/broken/*.yaml")):
            with self.subTest(path.stem):
                try:
                    text = path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    continue
                mistakes = self.loader.mistakes(text, path.parent)
                self.assertNotEqual(mistakes, [])
                if any(mistake["code"] in NOT_PARSED for mistake in mistakes):
                    continue
                self.assert_agree(path.stem, parse(path), mistakes)
                compared += 1
        self.assertGreater(compared, 70)

    def test_a_good_file_uses_every_key(self):
        unused = self.keys_of_schema(self.schema)
        for path in SOURCE.glob("tests/spec/good/*.yaml"):
            self.assertEqual(self.loader.mistakes(path.read_text(encoding="utf-8"), path.parent), [])
            for place in places(parse(path)):
                unused -= {key for key in place if isinstance(key, str)}
        self.assertEqual(unused, set())

    def keys_of_schema(self, schema):
        keys = set()
        if isinstance(schema, dict):
            if "additionalProperties" in schema:
                keys |= set(schema.get("properties", {}))
            for child in schema.values():
                keys |= self.keys_of_schema(child)
        elif isinstance(schema, list):
            for child in schema:
                keys |= self.keys_of_schema(child)
        return keys

    def test_mutants(self):
        compared = 0
        for path in sorted(SOURCE.glob("tests/spec/good/*.yaml")):
            for place, name, mutant in mutants(parse(path)):
                text = json.dumps(mutant, ensure_ascii=False)
                depth, definition = part_to_judge(place, self.schema["definitions"])
                self.assert_agree(name, part(mutant, place[:depth]),
                                  self.loader.mistakes(text, path.parent), definition)
                compared += 1
        self.assertGreater(compared, 5000)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

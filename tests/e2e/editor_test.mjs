// SPDX-License-Identifier: MIT
// A teacher's editor: the language server that editors start for YAML (yaml-language-server, over
// LSP on its standard streams) completes, explains and marks exercise.yaml by the schema that
// stands beside it.
//
//     node editor_test.mjs PLUMBLINE NODE_MODULES
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const [plumbline, modules] = process.argv.slice(2);
if (!fs.existsSync(path.join(modules, 'yaml-language-server'))) {
  console.log('needs: the packages of tests/npm, which npm could not install');
  process.exit(0);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plumbline-editor-'));

// The client's side of LSP: requests are answered by number, what the server tells is kept.
class Editor {
  constructor() {
    const server = path.join(modules, 'yaml-language-server/bin/yaml-language-server');
    this.process = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.buffer = Buffer.alloc(0);
    this.next = 1;
    this.asked = new Map();
    this.marks = new Map();
    this.marked = () => {};
    this.process.stdout.on('data', (data) => this.take(data));
  }

  write(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }
  tell(method, params) { this.write({ method, params }); }
  ask(method, params) {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      this.write({ id, method, params });
    });
  }

  take(data) {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const size = Number(/Content-Length: (\d+)/i.exec(this.buffer.subarray(0, end))[1]);
      if (this.buffer.length < end + 4 + size) return;
      const message = JSON.parse(this.buffer.subarray(end + 4, end + 4 + size));
      this.buffer = this.buffer.subarray(end + 4 + size);
      this.read(message);
    }
  }
  read(message) {
    if (message.method === 'workspace/configuration') {
      this.write({ id: message.id, result: message.params.items.map(({ section }) => settings[section] ?? null) });
    } else if (message.method !== undefined && message.id !== undefined) {
      this.write({ id: message.id, result: null });
    } else if (message.method === 'textDocument/publishDiagnostics') {
      this.marks.set(message.params.uri, message.params.diagnostics);
      this.marked();
    } else if (message.id !== undefined) {
      const { resolve, reject } = this.asked.get(message.id);
      this.asked.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  }

  // The text in its file, and what the server says of it.
  async open(name, text) {
    const file = path.join(folder, 'labs', name, 'exercise.yaml');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    const uri = pathToFileURL(file).href;
    const told = new Promise((resolve) => {
      this.marked = () => { if (this.marks.has(uri)) resolve(this.marks.get(uri)); };
    });
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return { uri, marks: await told };
  }
}

const settings = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } },
  '[yaml]': {},
  editor: {},
  http: {},
};

let editor;
let skeleton;

before(async () => {
  execFileSync(plumbline, ['new', 'labs/my-pipes', '--topic', 'pipes'], { cwd: folder });
  skeleton = fs.readFileSync(path.join(folder, 'labs/my-pipes/exercise.yaml'), 'utf8');
  editor = new Editor();
  await editor.ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      workspace: { configuration: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } }, publishDiagnostics: {}, hover: {} },
    },
  });
  editor.tell('initialized', {});
  editor.tell('workspace/didChangeConfiguration', { settings });
});

after(() => {
  editor.process.kill();
  fs.rmSync(folder, { recursive: true });
});

function place(text, of, behind = '') {
  const at = text.indexOf(of) + behind.length;
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length - 1, character: lines.at(-1).length };
}

const firstLine = (text) => text.split('\n')[0];

test('what `new` writes names the schema, and nothing is wrong in it', async () => {
  assert.equal(firstLine(skeleton), '# yaml-language-server: $schema=../exercise.schema.json');
  const { marks } = await editor.open('my-pipes', skeleton);
  assert.deepEqual(marks, []);
});

test('mistakes are marked at their place', async () => {
  for (const [name, right, wrong, what] of [
    ['key', 'title: {en: "my', 'titel: {en: "my', /titel|title/],
    ['step', '- snapshot: running', '- snapshoot: running', /snapshoot|Incorrect|valid/i],
    ['kind', '    fds.wired:', '    fds.wierd:', /fds\.wierd|not allowed|valid/i],
    ['word', 'languages: [c]', 'languages: [cobol]', /cobol|c, cpp|"c"|valid|accepted/i],
  ]) {
    const text = skeleton.replace(right, wrong);
    assert.notEqual(text, skeleton, name);
    const { marks } = await editor.open(name, text);
    assert.ok(marks.length > 0, name);
    const line = place(text, wrong).line;
    assert.ok(marks.some((mark) => mark.range.start.line <= line && line <= mark.range.end.line && what.test(mark.message)),
      `${name}: ${JSON.stringify(marks)}`);
  }
});

async function offered(name, text, position) {
  const { uri } = await editor.open(name, text);
  const list = await editor.ask('textDocument/completion', { textDocument: { uri }, position });
  return (list.items ?? list).map((item) => item.label);
}

test('keys are completed where they may be', async () => {
  const check = `${skeleton}  - id: more\n    `;
  const kinds = await offered('kinds', check, { line: check.split('\n').length - 1, character: 4 });
  for (const key of ['points', 'fds.wired', 'signals.sent', 'any_of', 'needs']) assert.ok(kinds.includes(key), key);
  const top = `${firstLine(skeleton)}\nformat: 1\n`;
  const keys = await offered('keys', top, { line: 2, character: 0 });
  for (const key of ['id', 'topic', 'scenarios', 'checks']) assert.ok(keys.includes(key), key);
  assert.ok(!keys.includes('fds.wired'));
});

test('words of a list are completed', async () => {
  const text = `${firstLine(skeleton)}\nformat: 1\ntopic: \n`;
  const words = await offered('words', text, { line: 2, character: 7 });
  for (const word of ['pipes', 'signals', 'sockets']) assert.ok(words.includes(word), word);
});

test('keys are explained', async () => {
  const { uri } = await editor.open('explained', skeleton);
  for (const [key, what] of [['fds.leaked', /never uses|leak|end/i], ['needs', /reached/i]]) {
    const position = place(skeleton, `    ${key}:`, '     ');
    const hover = await editor.ask('textDocument/hover', { textDocument: { uri }, position });
    assert.match(hover?.contents?.value ?? '', what, key);
  }
});

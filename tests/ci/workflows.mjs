// SPDX-License-Identifier: MIT
// What workflows_test.mjs needs: a small runner of composite actions, with a false GitHub around it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// A folder that is gone when the test is over.
export function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-ci-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function write(folder, name, text) {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

export function run(command, args, options) {
  const ran = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
  if (ran.error) throw ran.error;
  return ran;
}

// The expressions of an action's own file: a context's value, and whether one is something.
function evaluate(text, contexts) {
  return text.replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression) => {
    const [, name, compared] = expression.match(/^([a-z_.-]+)(?: != '([^']*)')?$/) ?? [];
    if (!name) throw new Error(`an expression that this runner does not know: ${expression}`);
    const value = name.split('.').reduce((from, key) => from?.[key], contexts) ?? '';
    return compared === undefined ? value : String(value !== compared);
  });
}

function assignments(file) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

// Does the steps of a composite action. Gives what was printed, how it ended, the outputs and which
// other actions were called with what.
export function runAction(action, { path, inputs, folder, environment = {} }) {
  const workspace = join(folder, 'workspace');
  const summary = write(folder, 'summary.md', '');
  const contexts = { runner: { temp: join(folder, 'temp') }, steps: {}, inputs: {} };
  mkdirSync(contexts.runner.temp, { recursive: true });
  for (const [name, input] of Object.entries(action.inputs)) {
    contexts.inputs[name] = inputs[name] ?? evaluate(input.default ?? '', contexts);
  }
  const result = { printed: '', status: 0, called: [] };
  for (const step of action.runs.steps) {
    if (result.status !== 0) break;
    if (step.if && evaluate(step.if, contexts) !== 'true') continue;
    if (step.uses) {
      result.called.push({ uses: step.uses, with: Object.fromEntries(
        Object.entries(step.with).map(([key, value]) => [key, evaluate(String(value), contexts)])) });
      continue;
    }
    const output = write(folder, 'output', '');
    const ran = run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: workspace,
      env: {
        PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', CI: 'true', GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: path, GITHUB_WORKSPACE: workspace, GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: contexts.runner.temp, ...environment,
        ...Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, evaluate(value, contexts)])),
      },
    });
    result.printed += ran.stdout + ran.stderr;
    result.status = ran.status;
    if (step.id) contexts.steps[step.id] = { outputs: assignments(output) };
  }
  result.summary = readFileSync(summary, 'utf8');
  result.outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, out]) => [name, evaluate(out.value, contexts)]));
  return result;
}

// The commands that GitHub would obey in a log: those outside of fences.
export function commandsIn(log) {
  const commands = [];
  let fence = null;
  for (const line of log.split('\n')) {
    const stop = line.match(/^::stop-commands::(.+)$/);
    if (fence) fence = line === `::${fence}::` ? null : fence;
    else if (stop) fence = stop[1];
    else if (line.trimStart().startsWith('::')) commands.push(line.trimStart());
  }
  return commands;
}

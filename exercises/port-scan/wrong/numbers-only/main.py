#!/usr/bin/env python3
# inet_aton() understands numbers only.

import socket
import sys

PATIENCE = 1  # seconds that a port has to answer; TCP itself would wait for minutes


def is_open(host, port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as prober:  # closed each time, open or not
        prober.settimeout(PATIENCE)
        return prober.connect_ex((host, port)) == 0


def is_port(text):
    return text.isdecimal() and 1 <= int(text) <= 65535


def main():
    if len(sys.argv) != 4 or not is_port(sys.argv[2]) or not is_port(sys.argv[3]):
        print("usage:", sys.argv[0], "HOST FIRST LAST", file=sys.stderr)
        return 2
    try:
        host = socket.inet_ntoa(socket.inet_aton(sys.argv[1]))  # once, not for each port
        for port in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
            if is_open(host, port):
                print(port, "open")
    except OSError as error:
        print("port-scan:", error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

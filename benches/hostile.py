#!/usr/bin/env python3
"""Slow connections and a flood of unknown methods on a running `saywho serve`, standard library only: how soon is /health answered?

    saywho serve --db case.db &
    python3 benches/hostile.py http://127.0.0.1:8080 --seconds 60 --pid $!

Only addresses of this machine are asked. The exit code is 1 where /health failed, or took longer than 100 ms at the 99th percentile, or the
memory of the process (on Linux, with --pid) grew by more than 64 MiB after the first tenth of the time.
"""
import argparse
import http.client
import random
import re
import socket
import statistics
import string
import sys
import threading
import time
from urllib.parse import urlsplit

# What a slow client sends, a byte at a time: a head that never ends, a body that never ends, nothing at all.
SLOW = [
    b"GET /v1/stats HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 10_000,
    b"POST /v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n" + b"a" * 10_000,
    b"",
]


def slow(where, end, number):
    """Sends a byte a second and comes back when it is cut off."""
    while time.monotonic() < end:
        try:
            with socket.create_connection(where, timeout=5) as one:
                for byte in SLOW[number % len(SLOW)]:
                    if time.monotonic() >= end:
                        return
                    one.send(bytes([byte]))
                    time.sleep(1)
                one.settimeout(max(0.1, end - time.monotonic()))
                one.recv(1)
        except OSError:
            time.sleep(0.2)


def flood(where, end, sent, pause):
    """Sends requests with methods that nobody knows, each another one."""
    chance = random.Random(threading.get_ident())
    while time.monotonic() < end:
        connection = http.client.HTTPConnection(*where, timeout=10)
        try:
            for _ in range(100):
                if time.monotonic() >= end:
                    break
                method = "".join(chance.choices(string.ascii_uppercase, k=chance.randrange(3, 2000)))
                connection.request(method, "/v1/" + method[:20].lower())
                connection.getresponse().read()
                sent.append(1)
                time.sleep(pause)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()


def health(where, end, took, failed):
    while time.monotonic() < end:
        started = time.monotonic()
        try:
            connection = http.client.HTTPConnection(*where, timeout=10)
            connection.request("GET", "/health")
            if connection.getresponse().status != 200:
                failed.append("status")
            connection.close()
        except OSError as error:
            failed.append(repr(error))
        took.append(time.monotonic() - started)
        time.sleep(0.02)


def memory(pid):
    """The memory that a process holds, in MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("address")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--slow", type=int, default=200, help="slow connections, 2000 at most")
    options.add_argument("--flood", type=int, default=8, help="connections with unknown methods, 64 at most")
    options.add_argument("--pause", type=float, default=0.001, help="seconds between two requests of a flooding connection")
    options.add_argument("--pid", type=int, help="the process of the server, to tell its memory")
    args = options.parse_args()
    url = urlsplit(args.address)
    if url.hostname not in ("127.0.0.1", "localhost", "::1"):
        sys.exit("only this machine is put under load: give an address such as http://127.0.0.1:8080")
    if args.seconds > 600 or args.slow > 2000 or args.flood > 64:
        sys.exit("at most 600 seconds, 2000 slow and 64 flooding connections")
    threading.stack_size(256 * 1024)
    where, end = (url.hostname, url.port or 80), time.monotonic() + args.seconds
    sent, took, failed, held = [], [], [], []
    threads = [threading.Thread(target=slow, args=(where, end, i), daemon=True) for i in range(args.slow)]
    threads += [threading.Thread(target=flood, args=(where, end, sent, args.pause), daemon=True) for _ in range(args.flood)]
    threads.append(threading.Thread(target=health, args=(where, end, took, failed), daemon=True))
    for thread in threads:
        thread.start()
    while time.monotonic() < end:
        if args.pid:
            held.append(memory(args.pid))
        time.sleep(min(1, args.seconds / 20))
    threads[-1].join()
    took.sort()
    worst = took[len(took) * 99 // 100] * 1000
    print(f"{args.slow} slow connections, {len(sent)} requests with unknown methods ({len(sent) / args.seconds:.0f}/s), {args.seconds:.0f} s")
    print(f"/health: {len(took)} asked, median {statistics.median(took) * 1000:.1f} ms, 99% within {worst:.1f} ms, "
          f"longest {took[-1] * 1000:.1f} ms, {len(failed)} failed {sorted(set(failed))[:5]}")
    grew = 0
    if held:
        settled = held[len(held) // 10]
        grew = max(held) - settled
        print(f"memory: {held[0]:.0f} MiB at first, {settled:.0f} after a tenth, {max(held):.0f} at most, {held[-1]:.0f} at the end")
    sys.exit(1 if failed or worst > 100 or grew > 64 else 0)


if __name__ == "__main__":
    main()

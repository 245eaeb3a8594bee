#!/usr/bin/env python3
"""A minute of load on a running `saywho serve`: 200 connections on /v1/attributions and 8 on /v1/read, standard library only.

    saywho serve --db case.db &
    python3 benches/load.py http://127.0.0.1:8080 --seconds 60

Only addresses of this machine are asked. The exit code is 1 where a request failed.
"""
import argparse
import http.client
import statistics
import sys
import threading
import time
from urllib.parse import urlsplit

TEXT = "“We agree to lift the ban by May,” Ilse Maren said on Monday. Teo Vasca denied that such an offer had been made.\n\n"
QUESTIONS = ["q=ban", "q=list&facets=false", "side=Norrland", "unnamed=true&limit=20", "speaker=maren&from=2031", "facets=false"]


class Asker(threading.Thread):
    def __init__(self, host, end, ask):
        super().__init__(daemon=True)
        self.host, self.end, self.ask, self.took, self.failed = host, end, ask, [], []

    def run(self):
        connection, number = http.client.HTTPConnection(self.host, timeout=70), 0
        while time.monotonic() < self.end:
            started = time.monotonic()
            try:
                self.ask(connection, number)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    self.failed.append(str(answer.status))
            except OSError as error:
                self.failed.append(repr(error))
                connection.close()
            self.took.append(time.monotonic() - started)
            number += 1


def questions(connection, number):
    connection.request("GET", "/v1/attributions?" + QUESTIONS[number % len(QUESTIONS)])


def texts(connection, number):
    body = (TEXT * 10 + f"Number {number}.").encode()
    connection.request("POST", "/v1/read", body, {"Content-Type": "text/plain; charset=utf-8"})


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("address")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--searchers", type=int, default=200)
    options.add_argument("--readers", type=int, default=8)
    args = options.parse_args()
    where = urlsplit(args.address)
    if where.hostname not in ("127.0.0.1", "localhost", "::1"):
        sys.exit("only this machine is put under load: give an address such as http://127.0.0.1:8080")
    threading.stack_size(256 * 1024)
    end = time.monotonic() + args.seconds
    kinds = [("/v1/attributions", questions, args.searchers), ("/v1/read", texts, args.readers)]
    groups = [(name, [Asker(where.netloc, end, ask) for _ in range(count)]) for name, ask, count in kinds]
    for _, askers in groups:
        for asker in askers:
            asker.start()
    failed = 0
    for name, askers in groups:
        for asker in askers:
            asker.join()
        took = sorted(t for asker in askers for t in asker.took)
        errors = [e for asker in askers for e in asker.failed]
        failed += len(errors)
        if took:
            print(f"{name}: {len(askers)} at once, {len(took)} requests, {len(took) / args.seconds:.0f}/s, "
                  f"median {statistics.median(took) * 1000:.0f} ms, 99% within {took[len(took) * 99 // 100] * 1000:.0f} ms, "
                  f"{len(errors)} failed {sorted(set(errors))[:5]}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

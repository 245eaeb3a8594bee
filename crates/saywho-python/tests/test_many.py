"""Many documents on all processors."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import QUOTE

import saywho

NAMES = ["Ilse Maren", "Teo Vasca", "Mirela Dorn", "Ada Lind"]


def said(number: int) -> str:
    return f"The talks go on for {number} days, {NAMES[number % 4]} said. " + "It rained on the port. " * (number % 7)


def test_readings_come_in_the_order_of_the_documents() -> None:
    texts = [said(number) for number in range(60)]
    alone = [saywho.read(text, id=str(number), model="fast") for number, text in enumerate(texts)]
    for jobs in (1, 3):
        readings = list(saywho.read_many(texts, model="fast", jobs=jobs))
        assert readings == alone
        assert all(reading.text is text for reading, text in zip(readings, texts, strict=True))


def test_documents_may_tell_more_than_their_text() -> None:
    document = {"text": QUOTE, "id": "n7", "title": "Ban", "date": "2031-04-02", "url": "https://harbour.example/n7"}
    [reading] = saywho.read_many([document], jobs=1)
    about = reading.document
    assert (about.id, about.title, about.published, about.source) == ("n7", "Ban", "2031-04-02", document["url"])


BAD: list[Any] = [QUOTE, None, {"id": "x"}, "half \udc00 a letter", {"text": 5}, QUOTE]


def test_one_bad_document_is_an_error_in_its_place() -> None:
    read = list(saywho.read_many(BAD, errors="return"))
    errors = [(item.index, str(item)) for item in read if isinstance(item, saywho.ReadError)]
    assert [index for index, _ in errors] == [1, 2, 3, 4]
    words = ["got NoneType", 'has no "text"', "lone surrogate) at code point 5", '"text" is not a str']
    for (index, message), expected in zip(errors, words, strict=True):
        assert message.startswith(f"document {index}: ")
        assert expected in message
    assert isinstance(read[0], saywho.Reading) and isinstance(read[5], saywho.Reading)


def test_or_it_raises_and_the_iteration_can_go_on() -> None:
    readings = saywho.read_many(BAD)
    assert next(readings).attributions
    for index in (1, 2, 3, 4):
        with pytest.raises(saywho.ReadError, match=f"^document {index}: "):
            next(readings)
    assert next(readings).attributions
    with pytest.raises(StopIteration):
        next(readings)


def test_documents_are_pulled_a_few_ahead_only() -> None:
    pulled = 0

    def endless() -> Iterator[str]:
        nonlocal pulled
        while True:
            pulled += 1
            yield QUOTE

    readings = saywho.read_many(endless(), model="fast", jobs=2)
    for taken in range(1, 60):
        next(readings)
        assert pulled - taken <= 16


def test_what_the_documents_raise_comes_after_the_readings_before_it() -> None:
    def broken() -> Iterator[str]:
        yield from [QUOTE] * 5
        raise OSError("the disk is gone")

    readings = saywho.read_many(broken(), model="fast")
    assert len([next(readings) for _ in range(5)]) == 5
    with pytest.raises(OSError, match="the disk is gone"):
        next(readings)


def test_python_goes_on_while_documents_are_read(report: str) -> None:
    """With the lock held, the counting thread would stand still during each of these long readings."""
    long = report * 20
    counted: list[float] = []
    stop = threading.Event()

    def count() -> None:
        while not stop.is_set():
            counted.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    begin = time.monotonic()
    next(saywho.read_many([long], jobs=1))
    saywho.read(long)
    took = time.monotonic() - begin
    stop.set()
    thread.join()
    longest = max(b - a for a, b in zip(counted, counted[1:], strict=False))
    assert longest < took / 4, f"Python stood still for {longest:.3f} of {took:.3f} s"


def test_threads_end_with_their_iterator() -> None:
    before = threads()
    readings = saywho.read_many([said(number) for number in range(100)], model="fast", jobs=3)
    next(readings)
    assert threads() >= before + 3
    del readings
    gc.collect()
    until = time.monotonic() + 10
    while threads() > before and time.monotonic() < until:
        time.sleep(0.05)
    assert threads() == before


def threads() -> int:
    with open("/proc/self/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("Threads:")).split()[1])


def test_settings_that_do_not_exist_are_told() -> None:
    with pytest.raises(saywho.SaywhoError, match="jobs is 0: give 1 or more"):
        saywho.read_many([], jobs=0)
    with pytest.raises(saywho.SaywhoError, match='choose "raise" or "return"'):
        saywho.read_many([], errors="ignore")  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        saywho.read_many(5)  # type: ignore[call-overload]
    assert list(saywho.read_many([])) == []

"""Makes dictionary.warc.zst: a web archive of three pages whose records are packed with a dictionary, as IIPC's proposal for
zstd in WARC files has it. python dictionary.py (needs the package zstandard)"""
import os
import struct

import zstandard

TOPICS = ("ports", "grain", "fishing")


def record(topic):
    sentences = "".join(f"<p>The minister of {topic} of Norrland, Ilse Maren, said on {day} that talks on {topic} would go on.</p>"
                        for day in ("Monday", "Tuesday", "Friday"))
    page = f"<html><head><title>Talks on {topic}</title></head><body><article>{sentences}</article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/{topic}\r\n"
            f"Content-Length: {len(http)}\r\n\r\n{http}\r\n\r\n").encode()


dictionary = zstandard.train_dictionary(1024, [record(f"{topic} {n}") for topic in TOPICS for n in range(200)])
packer = zstandard.ZstdCompressor(dict_data=dictionary)
raw = dictionary.as_bytes()
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "dictionary.warc.zst"), "wb") as out:
    out.write(struct.pack("<II", 0x184D2A5D, len(raw)) + raw)
    for topic in TOPICS:
        out.write(packer.compress(record(topic)))

"""Many stations that wait for news at once, as plain sockets. It measures nothing by itself."""

import asyncio
from time import perf_counter
from urllib.parse import urlsplit

from tests.bench.county_served import Station, memory


async def kept_waiting(one: Station, pid: int, count: int) -> tuple[float, float]:
    """Bytes by which the centre grew with so many who wait, and seconds until all were told of an act."""
    station = one.post.store.station
    centre, whose = station.centre(), station.identity()
    assert centre is not None
    places = ",".join(f"{head.stream}:{head.seq}" for head in station.standing().heads)
    asked = (
        f"GET /v1/o/{whose.org}/heads?epoch={centre.epoch}&at={places}&wait=50 HTTP/1.1\r\n"
        f"Host: centre\r\nAuthorization: {one.wire._bearer()['Authorization']}\r\n\r\n"
    ).encode()
    address = urlsplit(one.line._url)
    before = memory(pid)
    lines = [await _ask(str(address.hostname), int(address.port or 0), asked) for _ in range(count)]
    await asyncio.sleep(5)  # all of them are behind the routes by now
    held = memory(pid) - before
    begin = perf_counter()
    one.note(0, 1)
    await asyncio.to_thread(one.contact)
    answers = await asyncio.gather(*(reader.readline() for reader, _ in lines))
    woken = perf_counter() - begin
    assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers), set(answers)
    for _, writer in lines:
        writer.close()
    return held, woken


async def _ask(host: str, port: int, asked: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(asked)
    await writer.drain()
    return reader, writer

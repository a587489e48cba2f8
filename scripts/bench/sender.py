"""What sender.c does, for machines without a C compiler; slower, and so less exact."""
import socket
import statistics
import sys
import time

FRAME, BATCH, UNKNOWN = 54, 256, b'\x88\xb5'


def open_wire(name):
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    wire.bind((name, 0))
    return wire.send


def batch(items, at):
    items = [items[(at + i) % len(items)] for i in range(BATCH)]
    start = time.perf_counter_ns()
    for send, frame in items:
        send(frame)
    return (time.perf_counter_ns() - start) / BATCH


def main():
    wires = [open_wire(name) for name in sys.argv[1:3]]
    once, rounds, packets = map(int, sys.argv[3:6])
    items = []
    for _ in range(once + rounds):
        one = sys.stdin.buffer.read(1 + FRAME)
        items.append((wires[one[0]], one[1:]))
    for send, frame in items[:once]:
        send(frame)
    items = items[once:]
    idle = [(send, frame[:12] + UNKNOWN + frame[14:]) for send, frame in items]
    carried, dropped = [], []
    for at in range(0, packets // BATCH * BATCH, BATCH):
        carried.append(batch(items, at))
        dropped.append(batch(idle, at))
    print(statistics.median(carried), statistics.median(dropped))


main()

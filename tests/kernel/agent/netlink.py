"""The little of netlink that asking netfilter takes: messages, attributes, dumps, groups."""

import errno
import os
import socket
import struct

NETLINK_NETFILTER = 12
NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, NETLINK_NO_ENOBUFS = 270, 1, 5
SO_RCVBUFFORCE = 33
NF_INET_FAMILY = socket.AF_INET


def attribute(kind, data):
    """One attribute: length, type, data, padding to four bytes."""
    return struct.pack('=HH', 4 + len(data), kind) + data + b'\0' * (-len(data) % 4)


def attributes(data):
    """The attributes in `data`, by type; the flags of a type (nested, network order) are dropped."""
    found = {}
    while len(data) >= 4:
        length, kind = struct.unpack_from('=HH', data)
        if length < 4:
            break
        found[kind & 0x3FFF] = data[4:length]
        data = data[(length + 3) & ~3 :]
    return found


def number(data):
    """An attribute's number: big endian, of whatever size."""
    return int.from_bytes(data, 'big')


def text(data):
    """An attribute's string, without its closing zero."""
    return data.rstrip(b'\0').decode()


class Messages:
    """A socket of the netfilter netlink family, opened in the namespace that the thread is in."""

    def __init__(self, *groups):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
        self.socket.bind((0, 0))
        for group in groups:
            self.socket.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group)
        self.sequence = 0

    def fileno(self):
        return self.socket.fileno()

    def send(self, kind, flags, family, resource, payload=b''):
        """Sends one request with netfilter's own little header."""
        self.sequence += 1
        body = struct.pack('!BBH', family, 0, resource) + payload
        header = struct.pack('=IHHII', 16 + len(body), kind, flags | NLM_F_REQUEST, self.sequence, 0)
        self.socket.send(header + body)

    def receive(self, wait=False):
        """The messages of one datagram: (type, port id of who caused it, whole message)."""
        try:
            data = self.socket.recv(1 << 20, 0 if wait else socket.MSG_DONTWAIT)
        except BlockingIOError:
            return []
        found = []
        while len(data) >= 16:
            length, kind, _, _, port = struct.unpack_from('=IHHII', data)
            found.append((kind, port, data[:length]))
            data = data[(length + 3) & ~3 :]
        return found

    def waiting(self):
        """The messages of every datagram that waits."""
        while found := self.receive():
            yield from found

    def request(self, kind, family, resource, payload=b''):
        """A request that is acknowledged; raises what the kernel answers."""
        self.send(kind, NLM_F_ACK, family, resource, payload)
        while True:
            for got, _, message in self.receive(wait=True):
                if got == NLMSG_ERROR:
                    self._raise(message)
                    return

    def dump(self, kind, family, payload=b''):
        """All messages that a dump gives."""
        self.send(kind, NLM_F_DUMP, family, 0, payload)
        found = []
        while True:
            for got, _, message in self.receive(wait=True):
                if got == NLMSG_DONE:
                    return found
                if got == NLMSG_ERROR:
                    self._raise(message)
                    return found
                found.append(message)

    @staticmethod
    def _raise(message):
        code = -struct.unpack_from('=i', message, 16)[0]
        if code not in (0, errno.ENOENT):
            raise OSError(code, os.strerror(code))

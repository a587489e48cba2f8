"""Holding a packet inside a host: a NFQUEUE rule of the security table, and its reader.

The rule is one of the legacy tables, whose place (priority 50) is the one that the format names,
and which neither `nft` nor `iptables` lists. nft's own `queue` is not in every kernel.
"""

import socket
import struct

from netlink import Messages, attribute, attributes

SUBSYSTEM = 3 << 8
MSG_PACKET, MSG_VERDICT, MSG_CONFIG = 0, 1, 2
CFG_CMD, CFG_PARAMS = 1, 2
CMD_BIND = 1
PACKET_HDR, VERDICT_HDR = 1, 2
QUEUE = 50
NF_ACCEPT = 1


def rules(hook):
    """The security table that queues what comes by `hook`, or nothing for None."""
    rule = f'-A {hook.upper()} -j NFQUEUE --queue-num {QUEUE}\n' if hook else ''
    return f'*security\n:INPUT ACCEPT\n:FORWARD ACCEPT\n:OUTPUT ACCEPT\n{rule}COMMIT\n'


class Queue:
    """The packets that are held in one host, in the order they came."""

    def __init__(self):
        self.messages = Messages()
        bind = attribute(CFG_CMD, struct.pack('!BBH', CMD_BIND, 0, socket.AF_INET))
        self.messages.request(SUBSYSTEM | MSG_CONFIG, 0, QUEUE, bind)
        params = attribute(CFG_PARAMS, struct.pack('!IB', 0xFFFF, 1))
        self.messages.request(SUBSYSTEM | MSG_CONFIG, 0, QUEUE, params)

    def fileno(self):
        return self.messages.fileno()

    def read(self):
        """The ids of packets that have stopped since the last look."""
        ids = []
        for kind, _, message in self.messages.waiting():
            if kind == SUBSYSTEM | MSG_PACKET:
                ids.append(struct.unpack_from('!I', attributes(message[20:])[PACKET_HDR])[0])
        return ids

    def release(self, packet):
        """Lets a held packet go on behind the table that stopped it."""
        verdict = attribute(VERDICT_HDR, struct.pack('!II', NF_ACCEPT, packet))
        self.messages.send(SUBSYSTEM | MSG_VERDICT, 0, 0, QUEUE, verdict)

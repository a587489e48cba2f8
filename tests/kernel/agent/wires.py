"""Putting frames on an interface and picking up what arrives there (AF_PACKET)."""

import errno
import socket
import struct

ETH_P_IP = 0x0800
SO_RCVBUFFORCE = 33


class Tap:
    """One wire host's interface, opened in the namespace that the thread is in."""

    def __init__(self, device, mac):
        self.mac = bytes.fromhex(mac.replace(':', ''))
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20)
        self.socket.bind((device, ETH_P_IP))

    def fileno(self):
        return self.socket.fileno()

    def send(self, packet, to):
        """Puts an IP packet on the wire, to a neighbour's MAC address."""
        there = bytes.fromhex(to.replace(':', ''))
        try:
            self.socket.send(there + self.mac + struct.pack('!H', ETH_P_IP) + packet)
        except OSError as error:
            if error.errno != errno.ENOBUFS:  # longer than the other end takes: lost on the wire
                raise

    def read(self):
        """The packets that wait, as bytes from the IP header on.

        All that arrive, whoever they are for: a wire of more than two is a bridge, which gives a
        frame to everyone until it has learnt where the one lives whom it is for.
        """
        packets = []
        while True:
            try:
                frame = self.socket.recv(1 << 17, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return packets
            total = struct.unpack_from('!H', frame, 16)[0]
            packets.append(frame[14 : 14 + total])


def send_from_host(packet):
    """A host's own packet, with its own IP header; what the host refuses is told, not raised."""
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as raw:
        try:
            raw.sendto(packet, (socket.inet_ntoa(packet[16:20]), 0))
        except OSError as error:
            return error.strerror
    return None

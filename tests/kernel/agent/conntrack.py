"""What `conntrack -E` and `conntrack -L` print, by the library that prints it for them.

The commands are a socket, libnetfilter_conntrack's `nfct_nlmsg_parse` and its `nfct_snprintf`.
Calling the two here instead of starting a process a step makes a run so quick that its own time
does not show in the seconds left.
"""

import ctypes
import re
import socket

from netlink import Messages

SUBSYSTEM = 1 << 8
MSG_NEW, MSG_GET, MSG_DELETE = 0, 1, 2
GROUPS = (1, 2, 3)  # NFNLGRP_CONNTRACK_NEW, _UPDATE, _DESTROY
T_UNKNOWN, T_NEW, T_UPDATE, T_DESTROY = 0, 1, 2, 4
NLM_F_CREATE_EXCL = 0x600

_lib = ctypes.CDLL('libnetfilter_conntrack.so.3')
_lib.nfct_new.restype = ctypes.c_void_p
_lib.nfct_destroy.argtypes = [ctypes.c_void_p]
_lib.nfct_nlmsg_parse.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
_lib.nfct_snprintf.argtypes = [ctypes.c_char_p, ctypes.c_uint, ctypes.c_void_p] + [ctypes.c_uint] * 3


def _line(message, kind):
    """One entry as the command prints it, runs of blanks as one."""
    entry = _lib.nfct_new()
    try:
        if _lib.nfct_nlmsg_parse(message, entry) != 0:
            raise ValueError('an entry that the library cannot read')
        buffer = ctypes.create_string_buffer(4096)
        _lib.nfct_snprintf(buffer, len(buffer), entry, kind, 0, 0)
        return tidy(buffer.value.decode())
    finally:
        _lib.nfct_destroy(entry)


def tidy(line):
    """Runs of blanks as one, without the parts that are not compared."""
    return ' '.join(re.sub(r'\b(mark=0|use=\d+|portid=\d+)(?=\s|$)', '', line).split())


class Tracking:
    """One host's conntrack: its events since the last look, and its table."""

    def __init__(self):
        self.events = Messages(*GROUPS)
        self.asking = Messages()

    def fileno(self):
        return self.events.fileno()

    def read(self):
        """The lines of the events that wait; none where nothing happened."""
        lines = []
        for kind, port, message in self.events.waiting():
            if kind & 0xFF == MSG_DELETE:
                what = T_DESTROY
            else:
                flags = int.from_bytes(message[6:8], 'little')
                what = T_NEW if flags & NLM_F_CREATE_EXCL else T_UPDATE
            line = _line(message, what)
            lines.append(line + (' [USERSPACE] progname=conntrack' if port else ''))
        return lines

    def table(self):
        """The table's lines, sorted. Asking takes expired entries out, as with the command."""
        entries = self.asking.dump(SUBSYSTEM | MSG_GET, socket.AF_INET)
        return sorted(_line(message, T_UNKNOWN) for message in entries)

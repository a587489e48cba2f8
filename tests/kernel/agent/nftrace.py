"""What `nft monitor trace` says, read from where it reads it: NFT_MSG_TRACE messages.

The lines of the command name a rule by its text; the messages have the rule's handle, which says
its place in the chain even where two rules read alike.
"""

import ctypes
import struct

from netlink import Messages, attributes, number, text

SUBSYSTEM = 10 << 8
MSG_GETRULE, MSG_TRACE = 7, 17
GROUP = 9  # NFNLGRP_NFTRACE
FAMILIES = {1: 'inet', 2: 'ip', 3: 'arp', 5: 'netdev', 7: 'bridge', 10: 'ip6'}
TABLE, CHAIN, RULE_HANDLE, TYPE, VERDICT, POLICY = 1, 2, 3, 4, 5, 16  # NFTA_TRACE_*
TYPE_POLICY, TYPE_RETURN, TYPE_RULE = 1, 2, 3
VERDICTS = {0: 'drop', 1: 'accept', -1: 'continue', -2: 'break', -3: 'jump', -4: 'goto', -5: 'return'}

#: The table that turns tracing and tracking on; its own lines are not told.
HIDDEN = '__lab'

_HIDDEN_TABLE = f"""
table ip {HIDDEN} {{
  flags owner
  chain tracking {{ ct state new; }}
  chain incoming {{ type filter hook prerouting priority -2000; meta nftrace set 1; }}
  chain outgoing {{ type filter hook output priority -2000; meta nftrace set 1; }}
}}
"""

_lib = ctypes.CDLL('libnftables.so.1')
_lib.nft_ctx_new.restype = ctypes.c_void_p
for _name in ('nft_ctx_buffer_error', 'nft_ctx_buffer_output'):
    getattr(_lib, _name).argtypes = [ctypes.c_void_p]
_lib.nft_run_cmd_from_buffer.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
_lib.nft_ctx_get_error_buffer.argtypes = [ctypes.c_void_p]
_lib.nft_ctx_get_error_buffer.restype = ctypes.c_char_p


class Tracing:
    """One host's trace. The hidden table belongs to this object's socket: no flush takes it away."""

    def __init__(self):
        self.nft = _lib.nft_ctx_new(0)
        _lib.nft_ctx_buffer_error(self.nft)
        if _lib.nft_run_cmd_from_buffer(self.nft, _HIDDEN_TABLE.encode()) != 0:
            raise RuntimeError(_lib.nft_ctx_get_error_buffer(self.nft).decode())
        self.messages = Messages(GROUP)
        self.asking = Messages()
        self.places = {}

    def fileno(self):
        return self.messages.fileno()

    def learn_rules(self):
        """Takes note of each rule's place in its chain; to be called after rules may have changed."""
        self.places = {}
        counts = {}
        for message in self.asking.dump(SUBSYSTEM | MSG_GETRULE, 0):
            family = FAMILIES.get(message[16], str(message[16]))
            found = attributes(message[20:])
            chain = (f'{family} {text(found[1])}', text(found[2]))
            counts[chain] = counts.get(chain, -1) + 1
            self.places[(*chain, number(found[3]))] = counts[chain]

    def read(self):
        """The verdicts that wait, in order: rules that gave one, and chains' policies."""
        lines = []
        for kind, _, message in self.messages.waiting():
            if kind & 0xFF == MSG_TRACE:
                line = self._line(message)
                if line is not None:
                    lines.append(line)
        return lines

    def _line(self, message):
        found = attributes(message[20:])
        name = text(found[TABLE])
        if name == HIDDEN:
            return None
        line = {'table': f'{FAMILIES[message[16]]} {name}', 'chain': text(found[CHAIN])}
        if number(found[TYPE]) == TYPE_POLICY:
            return {**line, 'policy': VERDICTS[number(found[POLICY])]}
        if number(found[TYPE]) != TYPE_RULE:
            return None
        parts = attributes(found[VERDICT])
        verdict = VERDICTS.get(struct.unpack('!i', parts[1])[0], 'other')
        if verdict in ('continue', 'break'):
            return None
        if verdict in ('jump', 'goto'):
            verdict += ' ' + text(parts[2])
        place = self.places.get((line['table'], line['chain'], number(found[RULE_HANDLE])))
        return {**line, 'rule': place, 'verdict': verdict}

"""The hands of the kernel runner: reads requests, one JSON line each, and answers each with a line.

A request is a list of operations `{"do": NAME, …}`, carried out in order; the answer is the list of
their results, or `{"error": TEXT}`. What the operations are is the list at the end. The process
needs root; everything it makes ends with it.
"""

import fcntl
import json
import os
import select
import shlex
import sys
import time

import holding
import netns
from conntrack import Tracking
from nftrace import Tracing
from wires import Tap, send_from_host

LOCK = '/run/lock/conntrack-lab-kernel'
SHARED = {
    '/proc/sys/net/netfilter/nf_conntrack_buckets': '4096',
    '/proc/sys/net/ipv4/route/error_cost': '0',
    # A run that was killed while it filled the table has left a small one.
    '/proc/sys/net/netfilter/nf_conntrack_max': '262144',
}
namespaces = {}
taps = {}
hosts = {}
restore = []


class Host:
    """A linux host: its namespace, and who listens in it."""

    def __init__(self, namespace):
        self.namespace = namespace
        with namespace:
            self.tracking = Tracking()
            self.tracing = Tracing()
        self.queue = None

    def listeners(self):
        parts = [('events', self.tracking), ('trace', self.tracing)]
        return parts + ([('held', self.queue)] if self.queue else [])


def lock(exclusive=False):
    """One scenario alone where it changes what all namespaces share; else many at a time."""
    file = open(LOCK, 'w', encoding='ascii')  # held until the process ends
    restore.append(file)
    fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)


def outside(path, value):
    """Sets a sysctl that all namespaces share, until this process ends."""
    old = netns.write_outside(path, value)
    restore.append((path, old))


class Steward:
    """Sets what all namespaces share while any runner is at work, and puts it back after the last.

    A small hash table, since listing a host's entries walks all of it, and no limit on "net
    unreachable". The values that were there are kept in the lock's own file.
    """

    def __init__(self):
        self.file = open(LOCK + '-system', 'a+', encoding='ascii')
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._begin()
        except BlockingIOError:
            pass  # somebody else has set it
        fcntl.flock(self.file, fcntl.LOCK_SH)
        self.file.seek(0)
        self.before = json.loads(self.file.read())

    def _begin(self):
        self.file.seek(0)
        before = json.loads(self.file.read() or '{}')  # of a run that was killed
        for path, value in SHARED.items():
            old = netns.write_outside(path, value)
            before.setdefault(path, old)
        self.file.truncate(0)
        self.file.write(json.dumps(before))
        self.file.flush()

    def end(self):
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        for path, value in self.before.items():
            netns.write_outside(path, value)
        self.file.truncate(0)


def share_system():
    """Becomes a steward; gives the values that were there before."""
    steward = Steward()
    restore.append(steward)
    return steward.before


def prepare_hold(host):
    """Puts the holding table's hooks in their place, before any rule of the scenario."""
    it = hosts[host]
    with it.namespace:
        it.queue = holding.Queue()
    hold(host, None)


def hold(host, hook):
    """From now on packets that come by `hook` stop there; None: no more of them."""
    done = hosts[host].namespace.run(['iptables-legacy-restore'], holding.rules(hook))
    if done['exit'] != 0:
        raise RuntimeError(done['stderr'])


def send(tap, packet, to):
    taps[tap].send(bytes.fromhex(packet), to)


def originate(host, packet):
    with hosts[host].namespace:
        return send_from_host(bytes.fromhex(packet))


class Stillness:
    """Says whether the kernel still has packets on its way: backlogs, and who works them off."""

    def __init__(self):
        self.softnet = open('/proc/net/softnet_stat', encoding='ascii')
        self.workers = []
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open(f'/proc/{pid}/comm', encoding='ascii', errors='replace') as file:
                    if file.read().startswith('ksoftirqd/'):
                        self.workers.append(open(f'/proc/{pid}/stat', encoding='ascii'))
            except OSError:
                continue

    def now(self):
        self.softnet.seek(0)
        if any(int(line.split()[11], 16) for line in self.softnet):
            return False
        for worker in self.workers:
            worker.seek(0)
            if worker.read().rsplit(')', 1)[1].split()[0] == 'R':
                return False
        return True


stillness = Stillness()


def settle(quiet=1.0):
    """Waits until nothing has come for `quiet` milliseconds, twice, and gives all that came."""
    out = []
    seen = {name: {'events': [], 'trace': [], 'held': []} for name in hosts}
    poll = select.poll()
    sources = {}
    for name, tap in taps.items():
        sources[tap.fileno()] = ('out', name, tap)
    for name, host in hosts.items():
        for kind, listener in host.listeners():
            sources[listener.fileno()] = (kind, name, listener)
    for descriptor in sources:
        poll.register(descriptor, select.POLLIN)
    end = time.monotonic() + 0.5
    calm = 0
    while calm < 2:
        ready = poll.poll(quiet)
        for descriptor, _ in ready:
            kind, name, source = sources[descriptor]
            if kind == 'out':
                out.extend({'at': name, 'packet': packet.hex()} for packet in source.read())
            else:
                seen[name][kind].extend(source.read())
        calm = calm + 1 if not ready and (stillness.now() or time.monotonic() > end) else 0
    return {'out': out, 'hosts': seen}


def observe(quiet=1.0):
    """What a step brought: what came out, and each host's events, trace and table."""
    result = settle(quiet)
    for name, host in hosts.items():
        result['hosts'][name]['table'] = host.tracking.table()
    for name, host in hosts.items():  # asking for the table reports expired entries
        result['hosts'][name]['events'].extend(host.tracking.read())
    return result


OPERATIONS = {
    'lock': lock,
    'outside': outside,
    'shareSystem': share_system,
    'namespace': lambda name: namespaces.__setitem__(name, netns.Namespace()),
    'paths': lambda: {name: space.path() for name, space in namespaces.items()},
    'run': lambda at, argv, stdin='': namespaces[at].run(argv, stdin),
    'write': lambda at, path, value: namespaces[at].write(path, value),
    'command': lambda at, command: namespaces[at].run(shlex.split(command)),
    'listen': lambda host, at: hosts.__setitem__(host, Host(namespaces[at])),
    'learnRules': lambda host: hosts[host].tracing.learn_rules(),
    'prepareHold': prepare_hold,
    'hold': hold,
    'release': lambda host, packet: hosts[host].queue.release(packet),
    'send': send,
    'originate': originate,
    'observe': observe,
    'sleep': lambda seconds: time.sleep(seconds),
    'time': lambda: time.monotonic(),
}


def tap(at, name, device, mac):
    with namespaces[at]:
        taps[name] = Tap(device, mac)


OPERATIONS['tap'] = tap


def main():
    try:
        for line in sys.stdin:
            try:
                results = []
                for operation in json.loads(line):
                    results.append(OPERATIONS[operation.pop('do')](**operation))
                answer = results
            except Exception as error:  # told to the runner, which stops
                answer = {'error': f'{type(error).__name__}: {error}'}
            print(json.dumps(answer), flush=True)
    finally:
        for kept in reversed(restore):  # what was changed twice was first of all as it came first
            if isinstance(kept, tuple):
                netns.write_outside(*kept)
            elif isinstance(kept, Steward):
                kept.end()


main()

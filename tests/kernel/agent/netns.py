"""Network namespaces without names: each lives as long as the descriptor that this process holds.

Nothing has to be cleaned up: when the process ends, however it ends, the kernel takes the
namespaces away, and with them every interface, rule, entry and socket that was in them.
"""

import ctypes
import os
import subprocess

CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _check(result):
    if result != 0:
        errno = ctypes.get_errno()
        raise OSError(errno, os.strerror(errno))


class Namespace:
    """A network namespace; `with namespace:` runs this thread's code in it."""

    _home = os.open('/proc/self/ns/net', os.O_RDONLY)

    def __init__(self):
        _check(_libc.unshare(CLONE_NEWNET))
        self.fd = os.open('/proc/thread-self/ns/net', os.O_RDONLY)
        self._leave()

    @classmethod
    def _leave(cls):
        _check(_libc.setns(cls._home, CLONE_NEWNET))

    def __enter__(self):
        _check(_libc.setns(self.fd, CLONE_NEWNET))
        return self

    def __exit__(self, *_):
        self._leave()

    def path(self):
        """A path by which another command of this process's user can name the namespace."""
        return f'/proc/{os.getpid()}/fd/{self.fd}'

    def run(self, argv, stdin=''):
        """Runs a command inside; gives its exit status, output and complaints."""
        with self:
            done = subprocess.run(
                argv, input=stdin, text=True, errors='replace', capture_output=True, check=False
            )
        return {'exit': done.returncode, 'stdout': done.stdout, 'stderr': done.stderr}

    def write(self, path, value):
        """Writes a file under /proc/sys; False where there is no such file."""
        with self:
            try:
                with open(path, 'w', encoding='ascii') as file:
                    file.write(value)
            except FileNotFoundError:
                return False
        return True


def write_outside(path, value):
    """Writes a file of the namespace that this process was started in; gives the old value."""
    with open(path, encoding='ascii') as file:
        old = file.read().strip()
    with open(path, 'w', encoding='ascii') as file:
        file.write(value)
    return old

"""Open JupyterLab on chapter 00, on this machine only, behind its token (`make read`).

What it serves, and how, stands in lab/jupyter_server_config.py. JUPYTER_ARGS in the environment holds further
arguments for JupyterLab, quoted as in a shell.
"""

import os
import shlex
import signal
import socket
import sys
from pathlib import Path

CONFIGURATION = Path(__file__).resolve().parent / "lab"
LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8888


def option(arguments, name):
    """The value given to --name or --AnyClass.name, as `--name=value` or `--name value`; None without it."""
    for position, argument in enumerate(arguments):
        key, equals, value = argument.lstrip("-").partition("=")
        if argument.startswith("-") and key.rpartition(".")[2].lower() == name:
            return value if equals else "".join(arguments[position + 1 : position + 2])
    return None


def is_free(port):
    with socket.socket() as probe:
        if os.name != "nt":  # as the server binds: connections just closed do not hold the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def checked_port(arguments):
    """The port to serve on; a ValueError says in one line why there is none."""
    given = option(arguments, "port")
    if given is None:
        port = DEFAULT_PORT
    elif given.isdecimal() and 0 < int(given) < 65536:
        port = int(given)
    else:
        raise ValueError(f"The port in JUPYTER_ARGS is {given!r}; a number from 1 to 65535 is needed.")
    if not is_free(port):
        free = next((other for other in range(max(port, 8888) + 1, 65536) if is_free(other)), 8889)
        raise ValueError(f"Port {port} is in use. Try another one: make read JUPYTER_ARGS=--port={free}")
    return port


def server_arguments(arguments):
    """What JupyterLab is started with; a ValueError refuses what would open it to others."""
    if option(arguments, "ip") is not None:
        raise ValueError(f"make read serves {LOOPBACK} only; take the ip out of JUPYTER_ARGS.")
    if option(arguments, "token") == "":
        raise ValueError("An empty token would let anyone on this machine in; leave it out and one is made.")
    port = checked_port(arguments)
    fixed = ["--ServerApp.port_retries=0"]  # a port in use is said, not stepped over
    if option(arguments, "port") is None:
        fixed.append(f"--ServerApp.port={port}")
    return [*arguments, *fixed]


def given_arguments():
    text = os.environ.get("JUPYTER_ARGS", "")
    try:
        return shlex.split(text)
    except ValueError:
        raise ValueError(f"JUPYTER_ARGS: got {text}; expected every quote in it to be closed.") from None


def main():
    try:
        arguments = server_arguments(given_arguments())
    except ValueError as refusal:
        sys.exit(str(refusal))
    paths = [str(CONFIGURATION), os.environ.get("JUPYTER_CONFIG_PATH")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    # The kernel of this environment, whatever kernels the reader has installed elsewhere.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    from jupyterlab.labapp import LabApp  # after the checks: it takes a second

    server = LabApp.initialize_server(argv=arguments)
    # Bound, but not yet serving. A configuration file in the reader's home may have switched the token off.
    if server.ip != LOOPBACK or not server.identity_provider.auth_enabled:
        sys.exit("The Jupyter configuration on this machine switches the token off; make read needs it.")
    if hasattr(signal, "SIGHUP"):  # a closed terminal window stops the kernels too
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    server.start()


if __name__ == "__main__":
    main()

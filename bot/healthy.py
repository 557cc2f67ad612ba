"""Says with its exit code whether a hub answers at its door here, and nothing else; a container's engine asks."""

import http.client
import os
import ssl
import sys
from collections.abc import Mapping

DOOR = "/client/device"
PATIENCE_SECONDS = 5.0
NAMED = {"Host": "localhost", "X-Forwarded-Proto": "https"}
"""What a proxy on this machine would say: behind one, the hub answers nobody who comes without."""


def main() -> int:
    """Ask the staff's door, with TLS or without, as it is; 0 where somebody answers and can read and write."""
    port = _port(os.environ)
    return 0 if _answers(_plain(port)) or _answers(_encrypted(port)) else 1


def _port(environment: Mapping[str, str]) -> int:
    return int((environment.get("SAMTALELAPP_STAFF") or ":8080").rpartition(":")[2])


def _plain(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)


def _encrypted(port: int) -> http.client.HTTPConnection:
    # The certificate is for the hub's name and not for this machine's; nothing is told to whoever answers.
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS, context=trusting)


def _answers(connection: http.client.HTTPConnection) -> bool:
    try:
        connection.request("GET", DOOR, headers=NAMED)
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())

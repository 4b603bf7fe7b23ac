"""The worker process: counts the users once a minute."""

import signal
import sys
from threading import Event

from sushi.users import open_users

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    users = open_users()
    while True:
        print(f"{users.count()} users")
        Event().wait(60)

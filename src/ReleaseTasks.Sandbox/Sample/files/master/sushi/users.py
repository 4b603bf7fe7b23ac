"""The users: in PostgreSQL, or in memory where there is no driver or no database."""

import os
from collections import namedtuple
from urllib.parse import urlparse

try:
    import psycopg2
except ImportError:
    psycopg2 = None

User = namedtuple("User", "username email")


class DatabaseUsers:
    def __init__(self, url):
        self.url = url

    def all(self):
        return [User(*row) for row in self.query("select username, email from users order by id")]

    def count(self):
        return self.query("select count(*) from users")[0][0]

    def find(self, username):
        rows = self.query("select username, email from users where username = %s", username)
        return User(*rows[0]) if rows else None

    def query(self, sql, *values):
        connection = psycopg2.connect(self.url, connect_timeout=5)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall()
        finally:
            connection.close()


class MemoryUsers:
    def __init__(self):
        self.users = [User(username, email) for username, email in samples(36)]

    def all(self):
        return self.users

    def count(self):
        return len(self.users)

    def find(self, username):
        return next((user for user in self.users if user.username == username), None)


def open_users():
    url = os.environ["DATABASE_URL"]
    simulated = psycopg2 is None or urlparse(url).username == "simulated"
    return MemoryUsers() if simulated else DatabaseUsers(url)


def samples(count):
    """Made-up users, always the same. Every ninth never told an email address."""
    names = ["ana", "bor", "cene", "dora", "eva", "franc", "gaja", "hana", "ivo", "jaka", "katja", "lan"]
    for number in range(count):
        username = f"{names[number % len(names)]}{1 + number // len(names)}"
        yield username, None if number % 9 == 8 else f"{username}@example.com"

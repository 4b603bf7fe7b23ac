"""Fills an empty database with made-up users."""

import os

import psycopg2

from sushi.users import samples

with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("select count(*) from users")
    if cursor.fetchone()[0] == 0:
        cursor.executemany("insert into users (username, email) values (%s, %s)", list(samples(36)))

"""The web process."""

import html
import os
import signal
import sys
from socketserver import ThreadingMixIn
from urllib.parse import quote, unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from sushi.users import open_users

NAVIGATION = '<nav style="width: 60rem"><a href="/">sushi</a> <a href="/users">users</a></nav>'

users = open_users()


def app(environ, start_response):
    path = unquote(environ["PATH_INFO"])
    status, body = respond(path)
    start_response(status, [("Content-Type", "text/html; charset=utf-8")])
    return [body.encode()]


def respond(path):
    if path == "/":
        return page("sushi", f'<p><a href="/users">{users.count()} users</a></p>')
    if path == "/health":
        return page("health", f"<p>ok, {users.count()} users</p>")
    if path == "/users":
        links = (f'<li><a href="/users/{quote(user.email)}">{html.escape(user.email)}</a></li>' for user in users.all())
        return page("users", f"<ul>{''.join(links)}</ul>")
    if path.startswith("/users/"):
        user = users.find(path[len("/users/"):])
        if user:
            return page(user.email, "<p>likes sushi</p>")
    return "404 Not Found", "<h1>Not Found</h1>"


def page(title, content):
    name = html.escape(title)
    return "200 OK", f'<!doctype html><title>{name}</title>{NAVIGATION}<h1>{name}</h1>{content}'


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    def address_string(self):
        return self.client_address[0]


if __name__ == "__main__":
    if not os.environ.get("MYVAR"):
        sys.exit("MYVAR is not set")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    port = int(os.environ["PORT"])
    with make_server("127.0.0.1", port, app, Server, Handler) as server:
        print(f"listening on {port}")
        server.serve_forever()

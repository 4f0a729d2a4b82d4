"""A person of the Ministry at a desk: each page is answered as by a server, in a thread of its own."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.kernel.db import db


@dataclass(frozen=True)
class Desk:
    """One signed-in browser; nothing is shared with the test's own context or with another desk."""

    browser: FlaskClient

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> TestResponse:
        """A page."""
        return _apart(lambda: self.browser.get(address, headers=headers))

    def post(self, address: str, **answers: str) -> TestResponse:
        """An act with its answers; a field `work-result` is given as `work__result`."""
        named = {name.replace("__", "-"): value for name, value in answers.items()}
        return _apart(lambda: self.browser.post(address, data=named))


def _apart(ask: Callable[[], TestResponse]) -> TestResponse:
    db.session.commit()  # what the test has made is kept, and its lock given back
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ask).result()
    db.session.expire_all()
    return answer

"""What goes over a slow line: pages are compressed, files of the look are kept for good, headers guard."""

import re

from flask.testing import FlaskClient


def test_a_page_is_compressed_for_those_who_can_read_it(client: FlaskClient) -> None:
    plain = client.get("/km/before-you-sign")
    for coding in ("br", "gzip"):
        packed = client.get("/km/before-you-sign", headers={"Accept-Encoding": coding})
        assert packed.headers["Content-Encoding"] == coding
        assert len(packed.data) < len(plain.data) / 3


def test_the_look_is_kept_for_good_under_an_address_of_its_content(client: FlaskClient) -> None:
    address = re.search(r'href="(/static/[0-9a-f]{10}/site\.css)"', client.get("/en/").text)
    assert address is not None
    answer = client.get(address[1], buffered=True)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_every_answer_carries_the_guarding_headers(client: FlaskClient) -> None:
    for address in ("/en/", "/km/verify", "/en/nothing-here", "/providers.json"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_foreign_host_gets_nothing(client: FlaskClient) -> None:
    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400


def test_the_bare_address_chooses_the_language_of_the_browser(client: FlaskClient) -> None:
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/en/"
    assert client.get("/", headers={"Accept-Language": "fr"}).location == "/km/"
    assert client.get("/").location == "/km/"

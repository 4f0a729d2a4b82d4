"""The three answers for whoever describes their work, and a sample memorandum of exactly that description."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext

from contracts.converting import ConversionFailed
from contracts.records import Profile
from forms.profile import filled, query_of, read_profile
from registry.editions import queries as editions
from registry.views import guard, supposing
from registry.views.answers import answers_for
from registry.views.pages import language, page
from registry.views.public import samples
from registry.views.public.door import public
from registry.views.public.examples import EXAMPLES


@public.get("/before-you-sign")
@guard.anyone
def before_you_sign() -> str:
    described = read_profile(request.args)
    query = query_of(described.profile)
    return page(
        "public/before_you_sign.html",
        answers=replace(
            answers_for(described.profile),
            suppose=lambda code: url_for("public.what_if", **query, obligation=code),
        ),
        question=filled(described.profile),
        is_described=bool(query),
        ignored=described.ignored,
        query=query,
        open_all=request.args.get("open") == "all",
        address=_address(described.profile),
        open_address=url_for("public.before_you_sign", **query, open="all"),
        examples=[
            (each.name, _address(each.profile), each.profile == described.profile) for each in EXAMPLES
        ],
    )


@public.get("/before-you-sign/what-if")
@guard.anyone
def what_if() -> str:
    described, edition = read_profile(request.args), editions.current()
    query = query_of(described.profile)
    return page(
        "public/what_if.html",
        supposed=supposing.supposed(edition, described.profile, request.args),
        edition=edition,
        ignored=described.ignored,
        carried=[(name, each) for name, value in query.items() for each in _each(value)],
        back=_address(described.profile),
    )


@public.get("/before-you-sign/sample.docx")
@guard.anyone
def sample_docx() -> Response:
    profile = read_profile(request.args).profile
    return _download(samples.docx(profile), kind=samples.WORD, ending="docx")


@public.get("/before-you-sign/sample.pdf")
@guard.anyone
def sample_pdf() -> Response:
    profile = read_profile(request.args).profile
    try:
        content = samples.pdf(profile)
    except (samples.Busy, ConversionFailed):
        abort(_try_again())
    return _download(content, kind="application/pdf", ending="pdf")


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _address(profile: Profile) -> str:
    return url_for("public.before_you_sign", **query_of(profile))


def _download(content: bytes, *, kind: str, ending: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="sample-memorandum.{ending}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _try_again() -> Response:
    sentence = gettext("Another sample is being made just now. Wait half a minute and ask again.")
    answer = Response(sentence, status=HTTPStatus.SERVICE_UNAVAILABLE, mimetype="text/plain")
    answer.headers["Retry-After"] = "30"
    answer.headers["Content-Language"] = language()
    return answer

"""What organisations have asked about the terms and the Ministry answered for everybody to read."""

from flask import request

from forms.questions import PublishedSearchForm
from registry.editions import queries as editions
from registry.questions import queries
from registry.questions.states import ARTICLE
from registry.views import guard
from registry.views.pages import page
from registry.views.public.door import public


@public.get("/questions")
@guard.anyone
def questions() -> str:
    form = PublishedSearchForm.posted(request.args)
    words = (form.words.data or "") if form.validate() else ""
    edition = editions.current()
    everything = queries.published()
    found = queries.matching(everything, words, edition=edition)
    return page(
        "public/questions.html",
        question=form,
        words=words,
        found=len(found),
        anybody=bool(everything),
        groups=[
            {
                "code": code,
                "title": queries.title_of(code, edition),
                "is_article": code.startswith(ARTICLE),
                "questions": tuple(each for each in found if each.code == code),
            }
            for code in sorted({each.code for each in found})
        ],
    )

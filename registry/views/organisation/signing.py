"""Signing for the organisation: each view is one step of the ceremony, for the organisation's field."""

from registry.memoranda.states import Field
from registry.people.states import Act
from registry.views import ceremony, guard
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.memorandum import own_memorandum


@organisation.get("/memoranda/<reference>/sign")
@guard.may(Act.SIGN_FOR_ORGANISATION)
def read_to_sign(reference: str) -> Answer:
    return ceremony.read_page(own_memorandum(reference), Field.ORGANISATION)


@organisation.post("/memoranda/<reference>/sign/agree")
@guard.may(Act.SIGN_FOR_ORGANISATION)
def agree_to_sign(reference: str) -> Answer:
    return ceremony.agree(own_memorandum(reference), Field.ORGANISATION)


@organisation.post("/memoranda/<reference>/sign/code")
@guard.may(Act.SIGN_FOR_ORGANISATION)
def send_code_again(reference: str) -> Answer:
    return ceremony.send_again(own_memorandum(reference), Field.ORGANISATION)


@organisation.get("/memoranda/<reference>/sign/confirm")
@guard.may(Act.SIGN_FOR_ORGANISATION)
def confirm_signature(reference: str) -> Answer:
    return ceremony.confirm_page(own_memorandum(reference), Field.ORGANISATION)


@organisation.post("/memoranda/<reference>/sign/confirm")
@guard.may(Act.SIGN_FOR_ORGANISATION, slow=True)
def sign_memorandum(reference: str) -> Answer:
    return ceremony.confirm(lambda: own_memorandum(reference), Field.ORGANISATION)


@organisation.get("/memoranda/<reference>/signed")
@guard.may(Act.SIGN_FOR_ORGANISATION)
def signed(reference: str) -> Answer:
    return ceremony.done_page(own_memorandum(reference), Field.ORGANISATION)

"""The sentences said when a rule stands in the way, one a line, by the reason that the operation names."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

# Why an operation refused, in words that say what to do. A test asks that each reason raised has its sentence.
REASONS: Mapping[str, LazyString] = {
    "sign-in-wrong": lazy_gettext("The account name or the password is not right. Check both and try again."),
    "sign-in-wait": lazy_gettext("Too many wrong passwords. Wait one hour, then try again."),
    "username-taken": lazy_gettext("Somebody already uses this account name. Choose another one."),
    "password-short": lazy_gettext("Choose a longer password: at least 12 characters."),
    "password-long": lazy_gettext("Choose a shorter password: at most 128 characters."),
    "password-easy": lazy_gettext("This password is easy to guess. Use several words that do not belong together."),
    "password-wrong": lazy_gettext("The password is not right. Try again."),
    "invitation-used": lazy_gettext("This invitation was already used or has ended. Ask for a new one."),
    "own-account": lazy_gettext("You cannot close your own account. Ask another administrator."),
    "code-wait": lazy_gettext("We sent you a code less than a minute ago. Look at your letters, or wait a minute."),
    "code-none": lazy_gettext("This code has ended or was used. Ask for a new code."),
    "code-locked": lazy_gettext("Too many wrong tries. Ask for a new code."),
    "code-wrong": lazy_gettext("The code is not right. Type the eight digits from the newest letter."),
    "registration-closed": lazy_gettext(
        "The Ministry has this file in hand, so it cannot be changed now. You will get a letter when it can."
    ),
    "registration-unfinished": lazy_gettext("Some parts are not finished. Finish them, then submit."),
    "questions-unanswered": lazy_gettext("Answer every question of the Ministry first, then submit."),
    "more-child-places-than-places": lazy_gettext("Places for children cannot be more than all places."),
    "not-in-review": lazy_gettext("This application is not in review. Take it up first."),
    "unknown-item": lazy_gettext("There is no such item in this application. Go back and choose one."),
    "question-without-text": lazy_gettext("Write what the organisation should answer."),
    "nothing-to-ask": lazy_gettext("Mark at least one item as a question first."),
    "already-recommended": lazy_gettext("A recommendation is already waiting for a decision."),
    "items-unchecked": lazy_gettext("Look at every item first; some have no result yet."),
    "items-not-conforming": lazy_gettext("Some items have open questions, so registration cannot be recommended."),
    "reason-missing": lazy_gettext("Write the reason: the organisation will read it."),
    "own-proposal": lazy_gettext("You proposed this yourself. Somebody else must decide."),
    "not-recommended": lazy_gettext("An officer must recommend first."),
    "own-recommendation": lazy_gettext("You recommended this yourself. Somebody else must decide."),
    "own-refusal": lazy_gettext("You refused this application. Somebody else must review it."),
    "checked-it-yourself": lazy_gettext("You checked this application yourself. Somebody else must decide."),
    "organisation-not-registered": lazy_gettext("The organisation must be registered first."),
    "memorandum-under-way": lazy_gettext("A memorandum with this organisation is already under way."),
    "no-director": lazy_gettext("The organisation has no director with an account. Ask it to invite one."),
    "no-signatory": lazy_gettext("Choose who signs for the Ministry."),
    "prepared-it-yourself": lazy_gettext("You prepared this memorandum. Somebody else must sign it."),
    "not-the-signatory": lazy_gettext("The memorandum names another person as signatory. Ask that person to sign."),
    "consent-missing": lazy_gettext("Tick the box to agree to the electronic form, or ask to sign on paper."),
    "name-differs": lazy_gettext("Type your name as it stands in the memorandum."),
    "document-not-made": lazy_gettext("The document could not be made, and nothing was offered. Try again in a minute."),
    "renewal-not-open": lazy_gettext("Renewal is not open for this memorandum."),
    "renewal-not-asked": lazy_gettext("Nobody has asked for renewal of this memorandum."),
    "renewal-asked": lazy_gettext("Renewal was already asked for."),
    "duty-received": lazy_gettext("This was already received. Wait for the Ministry's answer."),
    "duty-not-received": lazy_gettext("Nothing was received yet, so there is nothing to accept or return."),
    "not-your-duty": lazy_gettext("This duty is the other party's."),
    "file-empty": lazy_gettext("The file is empty. Choose another one."),
    "file-too-large": lazy_gettext("The file is too large. Send one of at most 10 MB."),
    "file-type": lazy_gettext("Send a PDF file or a picture (JPEG or PNG)."),
    "file-broken": lazy_gettext("The file cannot be read. Open it on your device, save it again, and send it again."),
}  # fmt: skip

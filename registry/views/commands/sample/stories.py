"""What happened to each sample organisation: one in each state of each life."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from registry.compliance import operations as compliance
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering, ending, offering
from registry.memoranda.states import Field
from registry.organisations.models import Organisation
from registry.organisations.operations import applying, deciding
from registry.organisations.states import Advice, CheckResult, SiteKind
from registry.people.models import Person
from registry.people.states import Role
from registry.views.commands.sample import asked, cast
from registry.views.commands.sample.stage import Doing, Stage, fill_in

THREE_YEARS = 3 * 365

SHELTER = Doing()
OUTREACH = Doing(
    services=("screening", "legal-aid", "prevention-hotline"),
    groups=("women", "men", "migrants"),
    provinces=("01", "17"),
    places=0,
    child_places=0,
    active_cases=18,
    staff={"case_manager": 1},
    sites=((SiteKind.OFFICE, "01"),),
)
FOREIGN = replace(
    OUTREACH,
    is_foreign=True,
    services=("repatriation", "counselling", "follow-up"),
    groups=("foreign-nationals", "women", "men"),
    provinces=("12", "01", "18"),
    sites=((SiteKind.OFFICE, "12"),),
)


@dataclass(frozen=True)
class Story:
    """One organisation: what it shows, and the scenes that led there, each so many days ago."""

    name_latin: str
    name_km: str
    shows: str
    scenes: tuple[tuple[int, Callable[[Stage, Organisation, Person], None]], ...] = ()
    doing: Doing = SHELTER

    def tell(self, stage: Stage) -> None:
        """Begin, fill in, and play each scene on its day."""
        first = self.scenes[0][0] + 3 if self.scenes else 5
        letter = stage.next_letter()
        with stage.days_ago(first):
            organisation = applying.begin(
                name_km=self.name_km, name_latin=self.name_latin, acronym=f"S{letter.upper()}"
            )
            by = cast.open_organisation_person(Role.DIRECTOR, letter, organisation_id=organisation.id)
            cast.open_organisation_person(Role.PREPARER, letter, organisation_id=organisation.id)
            if self.scenes:
                fill_in(organisation, by, self.doing)
        for days, scene in self.scenes:
            with stage.days_ago(days, hour=11):
                scene(stage, organisation, by)


def identified(stage: Stage) -> None:
    """An organisation that the Ministry knows and that has not applied."""
    with stage.days_ago(40):
        applying.identify(
            by=stage.staff["officer.a"], name_km="អង្គការគំរូ ដែលមិនទាន់ដាក់ពាក្យ",
            name_latin="Sample Organisation Known To The Ministry",
        )  # fmt: skip


def submit(_stage: Stage, organisation: Organisation, by: Person) -> None:
    applying.submit(organisation, by=by)


def take_up(stage: Stage, organisation: Organisation, _by: Person) -> None:
    deciding.take_up(organisation, by=stage.staff["officer.a"])


def ask(stage: Stage, organisation: Organisation, _by: Person) -> None:
    officer = stage.staff["officer.a"]
    deciding.take_up(organisation, by=officer)
    deciding.check_item(
        organisation, by=officer, item="paper-statute", result=CheckResult.QUESTION,
        note="លក្ខន្តិកៈខ្វះទំព័រទី៣។",
    )  # fmt: skip
    deciding.request_information(organisation, by=officer)


def note_a_question(stage: Stage, organisation: Organisation, by: Person) -> None:
    take_up(stage, organisation, by)
    deciding.check_item(
        organisation, by=stage.staff["officer.a"], item="paper-budget", result=CheckResult.QUESTION,
        note="សំណួរគំរូ៖ តើថវិកានេះសម្រាប់ប៉ុន្មានឆ្នាំ?",
    )  # fmt: skip


def recommend(stage: Stage, organisation: Organisation, by: Person) -> None:
    take_up(stage, organisation, by)
    stage.check_all(organisation)
    deciding.recommend(organisation, by=stage.staff["officer.a"], advice=Advice.REGISTER, note="")


def refuse(stage: Stage, organisation: Organisation, _by: Person) -> None:
    deciding.take_up(organisation, by=stage.staff["officer.a"])
    stage.check_all(organisation)
    deciding.recommend(
        organisation, by=stage.staff["officer.a"], advice=Advice.REFUSE, note="មូលហេតុគំរូនៃការបដិសេធ។"
    )
    deciding.refuse(organisation, by=stage.staff["approver.a"], reason="មូលហេតុគំរូនៃការបដិសេធ។")


def ask_for_review(_stage: Stage, organisation: Organisation, by: Person) -> None:
    applying.ask_for_review(organisation, by=by, reason="មូលហេតុគំរូនៃការពិនិត្យឡើងវិញ។")


def register(stage: Stage, organisation: Organisation, _by: Person) -> None:
    stage.submit_review_register(organisation)


def leave(_stage: Stage, organisation: Organisation, by: Person) -> None:
    applying.withdraw(organisation, by=by, reason="មូលហេតុគំរូនៃការចាកចេញ។")


def draft(stage: Stage, organisation: Organisation, _by: Person) -> None:
    offering.draft(organisation, by=stage.staff["officer.a"])


def offer(stage: Stage, organisation: Organisation, _by: Person) -> None:
    stage.offer(organisation)


def request_changes(_stage: Stage, organisation: Organisation, by: Person) -> None:
    answering.request_changes(_newest(organisation), by=by, reason="សំណូមពរគំរូ៖ សូមឱ្យរយៈពេលឆ្លើយតបវែងជាងនេះ។")


def decline(_stage: Stage, organisation: Organisation, by: Person) -> None:
    answering.decline(_newest(organisation), by=by, reason="មូលហេតុគំរូ៖ ក្រុមប្រឹក្សាភិបាលមិនទាន់បានប្រជុំ។")


def sign(stage: Stage, organisation: Organisation, _by: Person) -> None:
    stage.sign(_newest(organisation), Field.ORGANISATION)


def give_back(stage: Stage, organisation: Organisation, _by: Person) -> None:
    answering.return_to_officer(
        _newest(organisation), by=stage.staff["signatory.a"], reason="មូលហេតុគំរូ៖ ឈ្មោះមួយសរសេរខុស។"
    )


def countersign(stage: Stage, organisation: Organisation, _by: Person) -> None:
    stage.sign(_newest(organisation), Field.MINISTRY)


def keep_duties(stage: Stage, organisation: Organisation, _by: Person) -> None:
    stage.keep_duties(organisation, until=stage.today)


def keep_most_duties(stage: Stage, organisation: Organisation, _by: Person) -> None:
    stage.keep_duties(organisation, until=stage.today.replace(day=1), late=4)


def send_next(stage: Stage, organisation: Organisation, by: Person) -> None:
    stage.send_next(organisation, by)


def have_it_returned(stage: Stage, organisation: Organisation, by: Person) -> None:
    duty = stage.send_next(organisation, by)
    compliance.give_back(duty, by=stage.staff["officer.b"], reason="មូលហេតុគំរូ៖ តារាងទីពីរនៅទទេ។")


def suspend(stage: Stage, organisation: Organisation, _by: Person) -> None:
    ending.suspend(
        _newest(organisation), proposed_by=stage.staff["inspector.a"], by=stage.staff["approver.a"],
        reason="មូលហេតុគំរូនៃការព្យួរ។",
    )  # fmt: skip


def remove(stage: Stage, organisation: Organisation, _by: Person) -> None:
    inspector, approver = stage.staff["inspector.a"], stage.staff["approver.a"]
    reason = "មូលហេតុគំរូនៃការបញ្ចប់។"
    ending.terminate(_newest(organisation), proposed_by=inspector, by=approver, reason=reason)
    deciding.remove(organisation, proposed_by=inspector, by=approver, reason=reason)


def withdraw(_stage: Stage, organisation: Organisation, by: Person) -> None:
    ending.withdraw(_newest(organisation), by=by, reason="មូលហេតុគំរូនៃការដកខ្លួន។")


def ask_for_renewal(_stage: Stage, organisation: Organisation, by: Person) -> None:
    answering.ask_for_renewal(_newest(organisation), by=by)


def refuse_renewal(stage: Stage, organisation: Organisation, _by: Person) -> None:
    ending_soon = next(each for each in memoranda.all_of(organisation) if each.renewal_asked_on)
    ending.refuse_renewal(
        ending_soon, proposed_by=stage.staff["officer.a"], by=stage.staff["approver.a"],
        reason="មូលហេតុគំរូនៃការមិនបន្ត។",
    )  # fmt: skip


def _newest(organisation: Organisation) -> Memorandum:
    return memoranda.all_of(organisation)[0]


def _signed(days: int) -> tuple[tuple[int, Callable[[Stage, Organisation, Person], None]], ...]:
    """From submitting to both signatures, ending so many days ago."""
    return (
        (days + 12, submit), (days + 9, register), (days + 6, offer), (days + 3, sign), (days, countersign)
    )  # fmt: skip


STORIES: tuple[Story, ...] = (
    Story("Sample Shelter A", "ជម្រកគំរូ ក", "in force, every duty met",
          (*_signed(400), (30, asked.published), (1, keep_duties), (0, send_next))),
    Story("Sample Legal Aid B", "ជំនួយផ្លូវច្បាប់គំរូ ខ", "in force, a report overdue",
          (*_signed(500), (1, keep_most_duties)), OUTREACH),
    Story("Sample Return Office C", "ការិយាល័យវិលត្រឡប់គំរូ គ", "in force, a foreign organisation, renewal due",
          (*_signed(THREE_YEARS - 80), (1, keep_duties), (0, have_it_returned)), FOREIGN),
    Story("Sample Shelter D", "ជម្រកគំរូ ឃ", "in force, renewal asked for",
          (*_signed(THREE_YEARS - 60), (20, ask_for_renewal), (0, keep_duties))),
    Story("Sample Outreach E", "ការងារសហគមន៍គំរូ ង", "renewed: an old memorandum superseded, a new one in force",
          (*_signed(THREE_YEARS + 40), (90, ask_for_renewal), (20, offer), (15, sign),
           (10, countersign)), OUTREACH),
    Story("Sample Shelter F", "ជម្រកគំរូ ច", "suspended", (*_signed(300), (9, keep_duties), (6, suspend))),
    Story("Sample Outreach G", "ការងារសហគមន៍គំរូ ឆ", "expired: renewal was refused",
          (*_signed(THREE_YEARS + 30), (60, ask_for_renewal), (35, refuse_renewal)), OUTREACH),
    Story("Sample Outreach H", "ការងារសហគមន៍គំរូ ជ", "lapsed: nobody asked for renewal",
          _signed(THREE_YEARS + 30), OUTREACH),
    Story("Sample Outreach I", "ការងារសហគមន៍គំរូ ឈ", "memorandum withdrawn by the organisation",
          (*_signed(200), (30, withdraw)), OUTREACH),
    Story("Sample Outreach J", "ការងារសហគមន៍គំរូ ញ", "memorandum ended by decision, removed from the register",
          (*_signed(350), (45, remove)), OUTREACH),
    Story("Sample Shelter K", "ជម្រកគំរូ ដ", "signed, waiting for the Ministry",
          ((16, submit), (12, register), (8, offer), (1, sign))),
    Story("Sample Outreach L", "ការងារសហគមន៍គំរូ ឋ", "memorandum offered, waiting for the director",
          ((14, submit), (10, register), (2, offer), (1, asked.waiting)), OUTREACH),
    Story("Sample Outreach M", "ការងារសហគមន៍គំរូ ឌ", "a change to the memorandum asked for",
          ((20, submit), (15, register), (8, offer), (3, request_changes)), OUTREACH),
    Story("Sample Outreach N", "ការងារសហគមន៍គំរូ ឍ", "memorandum declined",
          ((30, submit), (25, register), (20, offer), (12, decline)), OUTREACH),
    Story("Sample Outreach O", "ការងារសហគមន៍គំរូ ណ", "memorandum returned by the Ministry's signatory",
          ((30, submit), (25, register), (20, offer), (12, sign), (5, give_back)), OUTREACH),
    Story("Sample Outreach P", "ការងារសហគមន៍គំរូ ត", "memorandum drafted",
          ((12, submit), (7, register), (1, draft)),
          OUTREACH),
    Story("Sample Shelter Q", "ជម្រកគំរូ ថ", "registered, no memorandum yet", ((12, submit), (2, register))),
    Story("Sample Outreach R", "ការងារសហគមន៍គំរូ ទ", "submitted", ((2, submit),), OUTREACH),
    Story("Sample Shelter S", "ជម្រកគំរូ ធ", "in review, the Ministry is late",
          ((15, submit), (12, note_a_question))),
    Story("Sample Outreach T", "ការងារសហគមន៍គំរូ ន", "information requested", ((9, submit), (4, ask)), OUTREACH),
    Story("Sample Outreach U", "ការងារសហគមន៍គំរូ ប", "refused", ((30, submit), (22, refuse)), OUTREACH),
    Story("Sample Outreach V", "ការងារសហគមន៍គំរូ ផ", "review of a refusal asked for",
          ((30, submit), (22, refuse), (3, ask_for_review)), OUTREACH),
    Story("Sample Outreach W", "ការងារសហគមន៍គំរូ ព", "withdrawn from the register",
          ((90, submit), (80, register), (30, leave)), OUTREACH),
    Story("Sample Shelter X", "ជម្រកគំរូ ភ", "a registration just begun"),
    Story("Sample Outreach Y", "ការងារសហគមន៍គំរូ ម", "recommended, waiting for a decision",
          ((6, submit), (3, recommend)), OUTREACH),
)  # fmt: skip

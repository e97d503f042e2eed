"""Who may open and do what at the office's pages about partnerships: one table, role × address × what they get.

Every topic adds its rows to ROWS. In an address, `{tie}` is the path of a partnership that the office keeps,
`{office}` that of the office's partnerships, `{date}`, `{document}` and `{person}` belong to that partnership;
`{stranger}` is the path of a partnership of another office. `{home}` is the office itself, with `{letter}`,
`{shortlist}` and its `{candidate}`; `{place}` is a place to which nobody has written.
"""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions import contacts, documents, shortlists
from concivis.twinning.actions.contacts import ContactFacts
from concivis.twinning.actions.letters import LetterDraft, write_letter
from concivis.twinning.actions.profiles import ProfileDraft, publish_profile
from concivis.twinning.actions.saved_filters import keep_view
from concivis.twinning.enums import ContactRole, DocumentKind
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")

# anonymous, stranger | observer, partner city, contributor, editor, coordinator | coordinator elsewhere
VIEW = "login 404 200 200 200 200 200 404"
EDIT = "login 404 403 403 403 200 200 404"
DONE = "login 404 403 403 403 302 302 404"
NOBODY = "login 404 404 404 404 404 404 404"
NOBODY_WHO_MAY_EDIT = "login 404 403 403 403 404 404 404"

WORKBENCH = [
    ("GET", "{office}new/", EDIT),
    ("POST", "{office}new/", EDIT),
    ("GET", "{tie}", VIEW),
    ("POST", "{tie}state/", DONE, {"state": "exploring"}),
    ("GET", "{tie}edit/", EDIT),
    ("POST", "{tie}edit/", EDIT),
    ("GET", "{tie}dates/", VIEW),
    ("GET", "{tie}dates/new/", EDIT),
    ("POST", "{tie}dates/new/", DONE, {"kind": "renewed", "when": "2003"}),
    ("GET", "{tie}dates/{date}/", EDIT),
    ("POST", "{tie}dates/{date}/", EDIT),
    ("GET", "{tie}dates/{date}/delete/", EDIT),
    ("POST", "{tie}dates/{date}/delete/", DONE),
    ("GET", "{tie}suspend/", EDIT),
    ("POST", "{tie}suspend/", DONE, {"when": "2022", "decision": "item 7"}),
    ("GET", "{tie}resume/", EDIT),
    ("GET", "{tie}end/", EDIT),
    ("POST", "{tie}end/", DONE, {"when": "2022", "decision": "item 7"}),
    ("GET", "{tie}documents/", VIEW),
    ("GET", "{tie}documents/{document}/file/", VIEW),
    ("GET", "{tie}documents/new/", EDIT),
    ("POST", "{tie}documents/new/", EDIT),
    ("GET", "{tie}documents/{document}/", EDIT),
    ("POST", "{tie}documents/{document}/", DONE, {"title": "Paper", "kind": "other"}),
    ("GET", "{tie}documents/{document}/delete/", EDIT),
    ("POST", "{tie}documents/{document}/delete/", DONE),
    ("GET", "{tie}people/", VIEW),
    ("GET", "{tie}people/new/", EDIT),
    ("POST", "{tie}people/new/", EDIT),
    ("GET", "{tie}people/{person}/", EDIT),
    ("POST", "{tie}people/{person}/", EDIT),
    ("GET", "{tie}people/{person}/delete/", EDIT),
    ("POST", "{tie}people/{person}/delete/", DONE),
    ("GET", "{stranger}", NOBODY),
    ("GET", "{stranger}people/", NOBODY),
    ("GET", "{stranger}edit/", NOBODY_WHO_MAY_EDIT),
    ("POST", "{stranger}end/", NOBODY_WHO_MAY_EDIT),
]

TABLE = [
    ("GET", "{office}", VIEW),
    ("GET", "{table_csv}", VIEW),
    ("GET", "{office}bulk/?do=export&chosen={id}", VIEW),
    ("GET", "{office}bulk/?do=unpublish&chosen={id}", EDIT),
    ("GET", "{office}bulk/?do=ask&chosen={id}", EDIT),
    ("POST", "{office}bulk/?do=publish", DONE),
    ("GET", "{office}bulk/done/?do=publish&chosen={id}", EDIT),
    ("GET", "{office}views/", VIEW),
    ("GET", "{office}views/keep/", VIEW),
    ("POST", "{office}views/keep/", "login 404 302 302 302 302 302 404", {"name": "Mine"}),
    ("POST", "{office}views/{view}/rename/", NOBODY),
    ("GET", "{office}views/{view}/delete/", NOBODY),
    ("POST", "{office}views/{view}/delete/", NOBODY),
]

PROFILE = {"text": "A choir exchange", "language": "en", "expires_on": str(dt.date.today())}
LETTER = {"language": "it", "subject": "Ciao", "body": "Buongiorno"}
SEARCH = [
    ("GET", "{home}looking/", VIEW),
    ("POST", "{home}looking/", DONE, PROFILE),
    ("POST", "{home}looking/renew/", DONE),
    ("GET", "{home}looking/withdraw/", EDIT),
    ("POST", "{home}looking/withdraw/", DONE),
    ("GET", "{home}finder/", VIEW),
    ("GET", "{home}finder/compare/?with={place}", VIEW),
    ("GET", "{home}finder/letter/{place}/", EDIT),
    ("POST", "{home}finder/letter/{place}/", DONE, LETTER),
    ("GET", "{home}finder/letter/nowhere/", NOBODY_WHO_MAY_EDIT),
    ("GET", "{home}letters/", VIEW),
    ("GET", "{home}letters/{letter}/", VIEW),
    ("GET", "{home}letters/{letter}999/", NOBODY),
    ("GET", "{home}shortlists/", VIEW),
    ("POST", "{home}shortlists/", DONE, {"name": "Another"}),
    ("POST", "{home}shortlists/add/", NOBODY_WHO_MAY_EDIT),
    ("GET", "{home}shortlists/{shortlist}/", VIEW),
    ("GET", "{home}shortlists/{shortlist}.csv", VIEW),
    ("POST", "{home}shortlists/{shortlist}/rename/", DONE, {"name": "Other"}),
    ("GET", "{home}shortlists/{shortlist}/delete/", EDIT),
    ("POST", "{home}shortlists/{shortlist}/delete/", DONE),
    ("POST", "{home}shortlists/{shortlist}/undo/", DONE),
    ("POST", "{home}candidates/{candidate}/note/", DONE),
    ("POST", "{home}candidates/{candidate}/remove/", DONE),
]

ROWS: list[Any] = [*WORKBENCH, *TABLE, *SEARCH]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def scene(hub: Hub) -> dict[str, object]:
    """What stands for the names in braces."""
    tie = factories.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963")
    other = factories.partnership(hub=HubFactory(is_published=False))
    document = documents.add_document(
        by=None,
        partnership=tie,
        upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
        title="Paper",
        kind=DocumentKind.OTHER,
    )
    facts = ContactFacts(role=ContactRole.MAYOR, name="Ada Example")
    person = contacts.add_contact(by=None, side=tie.sides.first(), facts=facts)
    return {
        "office": reverse("twinning:office_partnerships", args=[hub.slug]),
        "table_csv": reverse("twinning:office_partnerships_export", args=[hub.slug, "csv"]),
        "view": keep_view(by=MembershipFactory(hub=hub).user, hub=hub, name="Theirs", query="").pk,
        "id": tie.public_id,
        "tie": path_of(hub, tie),
        "stranger": path_of(hub, other),
        "date": tie.milestones.get().pk,
        "document": document.public_id,
        "person": person.pk,
        **search(hub),
    }


def search(hub: Hub) -> dict[str, object]:
    """A profile, a letter, and a shortlist with one candidate."""
    writer = MembershipFactory(hub=hub).user
    profile = ProfileDraft(text="A choir", language="en", expires_on=dt.date.today() + dt.timedelta(days=9))
    publish_profile(by=None, hub=hub, draft=profile)
    letter = write_letter(by=writer, hub=hub, place=PlaceFactory(), draft=LetterDraft(**LETTER), send=False)
    shortlist = shortlists.create_shortlist(by=writer, hub=hub, name="Candidates")
    candidate = shortlists.add_candidate(by=writer, shortlist=shortlist, place=PlaceFactory())
    return {
        "home": reverse("hubs:office", args=[hub.slug]),
        "place": PlaceFactory().public_id,
        "letter": letter.pk,
        "shortlist": shortlist.pk,
        "candidate": candidate.pk,
    }


def path_of(hub: Hub, tie: Partnership) -> str:
    return reverse("twinning:office_tie", args=[hub.slug, tie.public_id])


def test_who_may_open_and_do_what_with_partnerships_in_an_office():
    hub = HubFactory()
    names = scene(hub)
    rows = [(method, address.format(**names), *rest) for method, address, *rest in ROWS]
    assert_permission_table(people_around(hub), rows)
